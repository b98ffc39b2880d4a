#!/usr/bin/env bash
# Punctuated equilibrium, the classic result (Epstein 2002, Model I, Run 2): long calm,
# broken by sudden outbursts, when the ratio of officers to actives is cut to a whole
# number; none when it is taken as printed. Counted as Epstein counts: an outburst begins
# above 50 actives and ends below 50. The bounds are those of independent replications
# over 1000 steps: at least 10 outbursts, and fewer than 10 actives in more than half.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

# "outbursts calm-steps highest" of a results file.
shape_of() { # FILE
    sql "$1" 'SELECT active FROM step ORDER BY step' | awk '
        $1 < 10           { calm++ }
        $1 > highest      { highest = $1 }
        $1 > 50 && !burst { burst = 1; bursts++ }
        $1 < 50           { burst = 0 }
        END               { print bursts + 0, calm + 0, highest + 0 }'
}

test_floor() {
    local seed bursts calm highest
    for seed in 1 2 3; do
        run_short floor "$epstein" --seed "$seed" --quiet
        same steps "$(fact "$result" steps_done)" 1000
        read -r bursts calm highest < <(shape_of "$result")
        echo "# seed $seed: $bursts outbursts, $calm calm steps, at most $highest active"
        [ "$bursts" -ge 10 ] || problem "seed $seed: only $bursts outbursts"
        [ "$calm" -gt 500 ] || problem "seed $seed: only $calm of 1000 steps are calm"
        [ "$highest" -gt 200 ] || problem "seed $seed: at most $highest active"
    done
}

test_literal() {
    local seed bursts calm highest
    for seed in 1 2 3; do
        run_short literal "$epstein" --seed "$seed" --quiet --set citizens.ratio=literal
        read -r bursts calm highest < <(shape_of "$result")
        echo "# seed $seed: $bursts outbursts, $calm calm steps, at most $highest active"
        [ "$highest" -le 50 ] || problem "seed $seed: $highest active"
    done
}

plan 2
try "with the ratio cut to a whole number, outbursts break the calm" test_floor
try "with the ratio as printed, there is none" test_literal
finish
