# shellcheck shell=bash
# What the tests of the command have in common; a part of them, not a program (no "#!").
#
#     plan 2                                how many tests follow
#     try "it says hello" test_hello        one test: a function, in which ...
#         steppe run scenario.yaml              runs the command and keeps what it said
#         exits 0; says 'hello'; quiet_on err   say what has to hold of that
#         problem "the moon is missing"         or that something does not
#     finish                                exit status 1 if a test failed
#
# Each program works in a folder of its own, $work, which is removed in the end.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd) || exit 1
: "${STEPPE:?the path of the command to be tested}"
STEPPE=$(realpath "$STEPPE") || exit 1
epstein=$root/scenarios/published/epstein-2002-run2.yaml
two_towns=$root/tests/property/scenarios/two-towns.yaml
export epstein two_towns
# Threads that wait should not keep others from working: tests often share their machine.
export OMP_WAIT_POLICY=passive

work=$(mktemp -d) || exit 1
children=() # processes to be ended, if a test left them
clean_up() {
    [ "$BASHPID" = $$ ] || return # a child that a signal met before it became another program
    local child
    for child in "${children[@]}"; do kill -9 "$child" 2>/dev/null; done
    rm -rf "$work"
}
trap clean_up EXIT
cd "$work" || exit 1

planned=0 tried=0 failed=0 problems='' ran='' status=0

plan() { # COUNT
    planned=$1
    echo "1..$planned"
}

problem() { problems+="$*"$'\n'; }

try() { # NAME FUNCTION [ARGUMENT ...]
    local name=$1
    shift
    problems='' ran=''
    rm -f "$work/out" "$work/err"
    "$@"
    tried=$((tried + 1))
    if [ -z "$problems" ]; then
        echo "ok $tried - $name"
        return
    fi
    failed=$((failed + 1))
    echo "not ok $tried - $name"
    printf '%s' "$problems" | sed 's/^/#   /'
    [ -n "$ran" ] && echo "#   after: $ran"
    if [ -s "$work/err" ]; then head -n 8 "$work/err" | sed 's/^/#   stderr: /'; fi
    if [ -s "$work/out" ]; then head -n 8 "$work/out" | sed 's/^/#   stdout: /'; fi
}

skip() { # NAME REASON
    tried=$((tried + 1))
    echo "ok $tried - $1 # SKIP $2"
}

finish() {
    if ((tried != planned)); then
        echo "# $tried tests, but the plan was $planned"
        exit 1
    fi
    exit $((failed > 0))
}

# ---- the command, and what it said -----------------------------------------------------

steppe() { # ARGUMENT ... : leaves $status, $work/out and $work/err
    ran="steppe $*"
    "$STEPPE" "$@" >"$work/out" 2>"$work/err" </dev/null
    status=$?
}

exits() { # STATUS
    [ "$status" = "$1" ] || problem "exit status $status, not $1"
}

says() { # TEXT [out|err] : by default on either
    grep -qF -e "$1" "$work/${2:-out}" "$work/${2:-err}" ||
        problem "does not say '$1'${2:+ on std$2}"
}

matches() { # REGULAR-EXPRESSION [out|err]
    grep -qE -e "$1" "$work/${2:-out}" "$work/${2:-err}" ||
        problem "says nothing like '$1'${2:+ on std$2}"
}

quiet_on() { # out|err ...
    local stream
    for stream in "$@"; do
        [ ! -s "$work/$stream" ] || problem "says something on std$stream"
    done
}

same() { # WHAT IS EXPECTED
    [ "$2" = "$3" ] || problem "$1: '$2', not '$3'"
}

differ() { # WHAT A B
    [ "$2" != "$3" ] || problem "$1: both are '$2'"
}

holds() { # WHAT COMMAND ...
    local what=$1
    shift
    "$@" >/dev/null 2>&1 || problem "$what"
}

json() { # FILTER : of the JSON object on standard output
    jq -r "$1" "$work/out" 2>/dev/null || echo "(no JSON)"
}

# ---- results files ---------------------------------------------------------------------

sql() { # FILE QUERY
    sqlite3 -batch "$1" "$2" 2>&1
}

fact() { # FILE KEY : of the table "run"
    sql "$1" "SELECT value FROM run WHERE key = '$2'"
}

# A run that is kept short: one thread is the quickest for small lattices.
run_short() { # FOLDER ARGUMENT ... : sets $result, the results file
    local folder=$1
    shift
    steppe run --out "$folder" --threads 1 --json "$@"
    # shellcheck disable=SC2034 # the tests use it
    result=$(json .results)
    [ "$status" = 0 ] || problem "the run failed with status $status"
}
