#!/usr/bin/env bash
# The programs that scripts and tests call are those that scripts/setup installs, or that the smallest Debian has.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

finds() { # SETUP FILE ...
    ran="programs.py $*"
    python3 "$root/tests/cli/programs.py" "$@" >"$work/out" 2>"$work/err"
    status=$?
}

test_all() {
    (cd "$root" && python3 tests/cli/programs.py scripts/setup scripts/* tests/cli/*.sh tests/cli/*.py bench/run \
        bench/report bench/instructions .ci/run Makefile) >"$work/out" 2>"$work/err"
    status=$?
    exits 0
    quiet_on out err
}

test_tables() {
    finds "$root/scripts/setup"
    exits 0
    quiet_on out err
}

# Wherever a command may stand, one that nobody installs is found, and once.
places=(
    'sum=$(echo "$sum + 1" | bc)'
    'same "a sum" "$(echo "$(json .a) + 1" | bc)" 2'
    'if bc <sums >results; then echo; fi'
    'while read -r x; do bc <<<"$x"; done <sums'
    'case $x in a | b) bc x ;; esac'
    'LC_ALL=C timeout 5 bc -l sums'
    'holds "a sum" bc sums'
    'find . -print0 | xargs -0 -n 1 bc'
    'kept=(a "$(bc sums)")'
    'echo $((1 + $(bc sums)))'
    'sh -c "bc sums"'
    "trap 'rm -f x; bc sums' EXIT"
    'f() { ! bc sums || return; }'
    'diff <(bc sums) sums'
    'true && /usr/bin/bc sums'
    $'cat <<END\nit is $(bc sums)\nEND'
    $'true # a comment\nbc sums'
)
test_found() {
    local place
    for place in "${places[@]}"; do
        printf '#!/usr/bin/env bash\nsame() { :; }\njson() { :; }\nholds() { :; }\n%s\n' "$place" >script.sh
        finds "$root/scripts/setup" script.sh
        exits 1
        same "what is said of $place" "$(sed 's/:[0-9]*:/:N:/' out)" \
            "script.sh:N: bc: in no package that this test knows"
    done
    printf 'all:\n\t@echo 1 | bc\n' >Makefile
    finds "$root/scripts/setup" Makefile
    same "in a Makefile" "$(cat out)" "Makefile:2: bc: in no package that this test knows"
    printf '#!/usr/bin/env python3\nimport subprocess\nsubprocess.run(["bc", "sums"])\n' >sums.py
    finds "$root/scripts/setup" sums.py
    same "in Python" "$(cat out)" "sums.py:3: bc: in no package that this test knows"
}

# What is no command is none.
test_not_found() {
    cat >script.sh <<'END'
#!/usr/bin/env bash
# bc
bc=1 list=(bc bc)
echo bc "| bc" '$(bc)' $bc "${x:-bc}" \
    bc
for x in bc "$bc"; do [[ $x = bc ]] || ((bc += 1)); done
case $bc in bc | "bc") echo ;; *) ;; esac
cat <<'DONE'
$(bc)
bc
DONE
own() { echo bc; }
own bc && command -v bc
END
    finds "$root/scripts/setup" script.sh
    exits 0
    quiet_on out err
}

# A package that scripts/setup does not install any more is missed.
test_package() {
    sed 's/ jq / /' "$root/scripts/setup" >setup
    echo 'jq . x' >script.sh
    finds setup script.sh
    exits 1
    same "what is said" "$(cat out)" "script.sh:1: jq: scripts/setup does not install jq"
}

plan 5
try "what scripts and tests call is installed" test_all
try "programs are in the packages that the test says" test_tables
try "a program that nobody installs is found, wherever it is called" test_found
try "what is no command is not taken for one" test_not_found
try "a package that is not installed any more is missed" test_package
finish
