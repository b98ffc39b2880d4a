#!/usr/bin/env bash
# What commands write: never over what was read, a results file or a scenario; over a file that
# Steppe did not write only with --force; whole or not at all.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

granovetter=$root/scenarios/published/granovetter-1978-uniform.yaml
seat=$root/scenarios/published/seat-of-power.yaml

# ---- what is read ----------------------------------------------------------------------

cat "$two_towns" - >towns.yaml <<'END'
observed:
  - { id: crowd, pattern: P1 it grows, title: A crowd, measure: turnout, at: 2022-03-01, value: 5000, confidence: low }
questions:
  - { id: price, text: Does a higher price matter?, outcome: arrests, change: [events.price.enabled=false],
      smallest: 0.1, pairs: 10, draws: 0, scale: 100 }
END
"$STEPPE" run towns.yaml --scale 50 --steps 30 --threads 1 --out runs -q || exit 1
run=runs/towns-seed1.sqlite
"$STEPPE" ensemble towns.yaml -n 4 --scale 100 --threads 1 --out many.sqlite -q || exit 1
"$STEPPE" ask towns.yaml --pairs 4 --threads 1 --out kept -q >/dev/null || exit 1
arm=$(find kept -name '*.sqlite' | head -n 1)

# Every command that writes a file of a name that is given: its name, what it reads, its ending,
# and its arguments, in which @ is the output and INPUT what is read.
commands() {
    cat <<'END'
ask scenario .md ask INPUT --pairs 4 --threads 1 --out kept -q --page @
fit scenario .md fit INPUT RUN -q --page @
fit results .md fit towns.yaml INPUT -q --page @
risk scenario .md risk INPUT --results many.sqlite -q --page @
risk results .md risk towns.yaml --results INPUT -q --page @
scale-check scenario .md scale-check INPUT --scales 100,50 --seeds 3 --steps 10 --threads 1 --out scales -q --page @
seat scenario .svg seat INPUT --json --svg @
report results .html report INPUT -q --out @
END
}

# A copy of what a command reads, under a name.
put_input() { # COMMAND KIND NAME
    case $1-$2 in
    seat-*) cp "$seat" "$3" ;;
    risk-results) cp many.sqlite "$3" ;;
    *-results) cp "$run" "$3" ;;
    *) cp towns.yaml "$3" ;;
    esac
}

run_with() { # INPUT OUTPUT ARGUMENT ... : the arguments with both put in
    local input=$1 output=$2 list=() word
    shift 2
    for word in "$@"; do
        case $word in
        INPUT) list+=("$input") ;;
        RUN) list+=("$run") ;;
        @) list+=("$output") ;;
        *) list+=("$word") ;;
        esac
    done
    steppe "${list[@]}"
}

refused() { # FILE COPY SAYS
    exits 2
    says "$3" err
    same "lines of the message" "$(wc -l <err)" 1
    holds "$1 was changed" cmp "$1" "$2"
    same "what is left beside it" "$(find . -name '*.part')" ""
}

# ---- never over what was read ----------------------------------------------------------

# Under its own name, by another spelling, by a link of either kind, by a folder that is a link.
test_input() { # COMMAND KIND ENDING ARGUMENT ...
    local command=$1 kind=$2 ending=$3 name
    shift 3
    rm -rf in there
    mkdir in
    ln -s in there
    put_input "$command" "$kind" "in/input$ending"
    cp "in/input$ending" copy
    ln -s "input$ending" "in/soft$ending"
    ln "in/input$ending" "in/hard$ending"
    for name in in/input ./in/../in/input "$PWD/in/input" in/soft in/hard there/input there/soft; do
        run_with "in/input$ending" "$name$ending" "$@"
        refused "in/input$ending" copy "$name$ending: "
        [ -L "in/soft$ending" ] || problem "the link was replaced"
    done
    run_with "in/input$ending" "in/input$ending" "$@" --force
    refused "in/input$ending" copy 'never replaced'
}

# The pictures beside a page: "ask x.svg --page x.md" draws x.svg.
test_picture_input() { # PICTURE PAGE ARGUMENT ...
    local picture=$1 page=$2
    shift 2
    cp towns.yaml "$picture"
    rm -f "$page"
    run_with "$picture" "$page" "$@"
    refused "$picture" towns.yaml "$picture: "
    [ ! -e "$page" ] || problem "the page is there without its picture"
    rm "$picture"
}

# ---- never over a scenario or results, read or not -------------------------------------

test_foreign() { # COMMAND KIND ENDING ARGUMENT ...
    local command=$1 kind=$2 ending=$3 other
    shift 3
    put_input "$command" "$kind" input
    for other in "$run" many.sqlite "$arm" towns.yaml "$granovetter"; do
        cp "$other" "out$ending"
        run_with input "out$ending" "$@" --force
        refused "out$ending" "$other" 'never replaced'
        cp "$other" out.sqlite
        run_with input out.sqlite "$@" --force
        refused out.sqlite "$other" 'out.sqlite: '
    done
    rm "out$ending"
}

# ---- what Steppe did not write ---------------------------------------------------------

test_others() { # COMMAND KIND ENDING ARGUMENT ...
    local command=$1 kind=$2 ending=$3
    shift 3
    put_input "$command" "$kind" input
    echo 'my notes' >"new$ending"
    cp "new$ending" copy
    run_with input "new$ending" "$@"
    refused "new$ending" copy "use --force"
    run_with input "new$ending" "$@" --force
    exits 0
    differ "the output" "$(head -c 8 "new$ending")" 'my notes'
    chmod 640 "new$ending"
    run_with input "new$ending" "$@" # its own it knows
    exits 0
    same "rights of the file" "$(stat -c %a "new$ending")" 640
    ln -sf "new$ending" "link$ending"
    run_with input "link$ending" "$@"
    exits 0
    [ -L "link$ending" ] || problem "the link was replaced, not what it stands for"
    ln -sf nowhere "link$ending"
    run_with input "link$ending" "$@"
    exits 2
    : >"empty$ending"
    run_with input "empty$ending" "$@"
    exits 0
    rm -f "link$ending" "empty$ending"
}

test_others_picture() {
    echo 'my drawing' >page.svg
    steppe ask towns.yaml --pairs 4 --threads 1 --out kept -q --page page.md
    exits 2
    says 'page.svg: exists, and Steppe did not write it' err
    same "the picture" "$(cat page.svg)" 'my drawing'
    [ ! -e page.md ] || problem "the page is there without its picture"
    rm page.svg
}

# ---- endings ---------------------------------------------------------------------------

test_endings() { # COMMAND KIND ENDING ARGUMENT ...
    local command=$1 kind=$2 ending=$3 bad
    shift 3
    put_input "$command" "$kind" input
    for bad in x.txt x "x$ending.bak" x.yaml x.sqlite "$ending"; do
        run_with input "$bad" "$@"
        exits 2
        says "expected the ending $ending" err
        [ ! -e "$bad" ] || problem "it wrote $bad"
    done
    run_with input "x${ending^^}" "$@"
    exits 0
    run_with input /dev/null "$@" # what is no file may have any name
    exits 0
}

test_html() {
    steppe risk towns.yaml --results many.sqlite --page risk.html
    exits 2
    says "steppe report" err
}

# ---- whole or not at all ---------------------------------------------------------------

test_full() { # COMMAND KIND ENDING ARGUMENT ...
    local command=$1 kind=$2 ending=$3 list=() word
    shift 3
    put_input "$command" "$kind" "input"
    run_with input "full$ending" "$@"
    cp "full$ending" copy
    for word in "$@"; do
        case $word in
        INPUT) list+=(input) ;; RUN) list+=("$run") ;; @) list+=("full$ending") ;; *) list+=("$word") ;;
        esac
    done
    ran="steppe ${list[*]} (with files of 1 KiB)"
    (
        ulimit -f 1
        exec "$STEPPE" "${list[@]}"
    ) >out 2>err </dev/null
    status=$?
    exits 1
    says 'cannot be written' err
    holds "the output was changed" cmp "full$ending" copy
    same "what is left beside it" "$(find . -name '.steppe*')" ""
}

# ---- folders of figures, files of runs -------------------------------------------------

test_figures() {
    rm -rf figures
    cp "$run" figures-run.sqlite
    steppe report figures-run.sqlite -q --out f.html --figures figures
    exits 0
    steppe report figures-run.sqlite -q --out f.html --figures figures
    exits 0
    local name
    for name in active.csv active.svg districts.csv active.png; do
        [ -e "figures/$name" ] || continue # PNG where there is a program for it
        cp "figures/$name" copy
        echo 'my own' >"figures/$name"
        cp f.html page-before
        steppe report figures-run.sqlite -q --out f.html --figures figures
        exits 2
        says "figures/$name: exists, and" err
        same "$name" "$(cat "figures/$name")" 'my own'
        holds "the page was changed all the same" cmp f.html page-before
        steppe report figures-run.sqlite -q --out f.html --figures figures --force
        exits 0
        same "$name again" "$(cksum <"figures/$name")" "$(cksum <copy)"
    done
    cp "$run" figures/active.svg
    steppe report figures/active.svg -q --out f.html --figures figures --force
    refused figures/active.svg "$run" 'never replaced'
    rm figures/active.svg
    ln "$run" figures/active.csv -f
    steppe report "$run" -q --out f.html --figures figures --force
    exits 2
    says 'figures/active.csv: was read in this call' err
    rm -r figures
}

test_map() { # what was read with the run counts as well
    cat >square.md <<'END'
{"type": "Topology", "objects": {"units": {"type": "GeometryCollection", "geometries": []}}, "arcs": []}
END
    cp square.md square.html
    cp square.html copy
    steppe report "$run" -q --map square.html --out square.html --force
    refused square.html copy 'was read in this call'
}

test_runs() { # files of runs are not made of what is no results file
    cp towns.yaml e.yaml
    for command in ensemble risk; do
        steppe "$command" e.yaml -n 4 --steps 3 --scale 100 --threads 1 --out e.yaml -q
        refused e.yaml towns.yaml 'e.yaml: is an input of this call'
        echo 'my notes' >notes
        cp notes copy
        steppe "$command" e.yaml -n 4 --steps 3 --scale 100 --threads 1 --out notes -q
        refused notes copy 'notes: '
    done
    cp "$granovetter" copy
    mkdir -p solved
    cp "$granovetter" solved/in.yaml
    steppe run solved/in.yaml --out solved -q
    exits 0
    holds "the scenario beside the results was changed" cmp solved/in.yaml copy
}

test_arms() { # runs that a question keeps, and a page of their name
    cp "$arm" copy
    steppe ask towns.yaml --pairs 4 --threads 1 --out kept -q --page "$arm" --force
    refused "$arm" copy 'expected the ending .md'
    ln "$arm" kept/arm.md
    steppe ask towns.yaml --pairs 4 --threads 1 --out kept -q --page kept/arm.md --force
    refused "$arm" copy 'never replaced'
    rm kept/arm.md
}

test_replicate() {
    echo 'my notes' >rep.md
    cp rep.md copy
    steppe replicate ktab --scenarios published --effort 1 -q --page rep.md
    refused rep.md copy 'use --force'
    steppe replicate ktab --effort 1 -q --page rep.html
    exits 2
    cp -r "$root/scenarios/published" published
    mv published/granovetter-1978-uniform.yaml kept.yaml
    ln kept.yaml published/granovetter-1978-uniform.yaml
    ln kept.yaml linked.md
    cp kept.yaml copy
    steppe replicate granovetter --scenarios published -q --page linked.md --force
    refused kept.yaml copy 'never replaced'
    steppe replicate ktab --scenarios published --effort 1 -q --page rep.md --force
    exits 0
    steppe replicate ktab --scenarios published --effort 1 -q --page rep.md
    exits 0
}

plan $((5 * $(commands | wc -l) + 11))
while read -r command kind ending words; do
    # shellcheck disable=SC2086 # words of a line of the table
    {
        set -- "$command" "$kind" "$ending" $words
        try "$command never writes over its $kind" test_input "$@"
        try "$command ($kind read) never writes over another scenario or results" test_foreign "$@"
        try "$command ($kind read) writes over its own, and over others' with --force" test_others "$@"
        try "$command ($kind read): names end as they should" test_endings "$@"
        try "$command ($kind read): a full disk leaves what was there" test_full "$@"
    }
done < <(commands)
# shellcheck disable=SC2046 # words
{
    try "the picture of 'ask' is no scenario" test_picture_input p.svg p.md \
        ask INPUT --pairs 4 --threads 1 --out kept -q --page @
    try "the map of 'risk' is no scenario" test_picture_input p-map.svg p.md \
        risk INPUT --results many.sqlite -q --page @ --force
    try "the picture of 'fit' is no scenario" test_picture_input p-1.svg p.md \
        fit INPUT "$run" -q --page @ --force
}
try "a picture beside the page that somebody else drew" test_others_picture
try "a page in HTML: steppe report" test_html
try "figures in a folder" test_figures
try "boundaries that were read" test_map
try "files of runs" test_runs
try "runs that a question keeps" test_arms
try "the page of the replication" test_replicate
try "what is left of all that" same "files" "$(find . -name '.steppe*')" ""
finish
