#!/usr/bin/env bash
# The command's help, its exit statuses, and what it says when it is used wrongly.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

commands="run check describe diff"

test_no_command() {
    steppe
    exits 2
    quiet_on out
    says 'Usage: steppe COMMAND' err
}

test_help() {
    local option command
    for option in --help -h help; do
        steppe "$option"
        exits 0
        quiet_on err
        for command in $commands; do matches "^  $command " out; done
    done
}

test_help_of_commands() {
    local command
    for command in $commands; do
        steppe "$command" --help
        exits 0
        quiet_on err
        says "Usage: steppe $command" out
        steppe "$command" --usage
        exits 0
    done
}

test_help_of_run() {
    local option
    steppe run --help
    for option in scale seed population-seed threads engine schedule steps set out json quiet; do
        says "--$option" out
    done
    says 'Exit status: 0 done, 1 failed, 2 bad' out
}

test_version() {
    steppe --version
    exits 0
    quiet_on err
    says "steppe $(cat "$root/VERSION") (results version " out
    matches '^steppe [0-9.]+ \(results version [0-9]+, results format [0-9]+, scenario format [0-9]+\)$' out
}

test_unknown_command() {
    steppe fly
    exits 2
    quiet_on out
    says "there is no command 'fly'" err
    says "'steppe --help'" err
    steppe descirbe
    exits 2
    says "did you mean 'describe'?" err
}

test_unknown_option() {
    local command
    for command in $commands; do
        steppe "$command" --fly "$epstein"
        exits 2
        quiet_on out
        says "--fly" err
        says "steppe $command --help" err
    done
}

test_number_of_files() {
    local command
    for command in run check describe; do
        steppe "$command"
        exits 2
        says "missing argument SCENARIO" err
        steppe "$command" "$epstein" "$epstein"
        exits 2
        says "unexpected argument '$epstein'" err
    done
    steppe diff one
    exits 2
    says "missing argument B" err
    steppe diff one two three
    exits 2
    says "unexpected argument 'three'" err
}

test_no_such_file() {
    local command
    for command in run check describe; do
        steppe "$command" nowhere.yaml
        exits 2
        quiet_on out
        says "steppe: nowhere.yaml: cannot be opened: No such file or directory" err
        steppe "$command" "$work"
        exits 2
        says "$work: is a folder" err
    done
}

bad_value() { # OPTION VALUE
    steppe run "$epstein" "--$1=$2"
    exits 2
    quiet_on out
    says "--$1: expected" err
    says "'$2'" err
}

test_bad_values() {
    local value
    for value in '' -1 1.5 x 1x ' 1' 0x10 18446744073709551616; do
        bad_value seed "$value"
        bad_value population-seed "$value"
    done
    for value in 0 -1 1025 x; do bad_value threads "$value"; done
    for value in 0 -5 1000000001 x; do bad_value steps "$value"; done
    for value in 0 0.99 -2 nan inf 1e10 2x; do bad_value scale "$value"; done
    for value in '' slow Fast; do bad_value engine "$value"; done
    for value in '' tile; do bad_value schedule "$value"; done
    local command
    for command in ensemble ask risk scale-check; do
        steppe "$command" "$epstein" --population-seed -1
        exits 2
        quiet_on out
        says "--population-seed: expected a whole number from 0 to 18446744073709551615, not '-1'" err
    done
    [ ! -e results ] || problem "a results folder was made"
}

test_bad_settings() {
    local setting
    for setting in nonsense =1 citizens.legitimcy=1 citizens.legitimacy=2 \
        nowhere.at.all=1 citizens.legitimacy= districts.latice.width=3 \
        citizens..legitimacy=1; do
        steppe run "$epstein" --set "$setting"
        exits 2
        quiet_on out
        says "--set" err
    done
    steppe check "$epstein" --set citizens.legitimcy=1
    says "did you mean 'legitimacy'?" err
    steppe check "$epstein" --set districts.latice.width=3
    says "did you mean 'lattice'?" err
}

plan 12
try "without a command it says how it is used" test_no_command
try "help lists the commands" test_help
try "each command has help" test_help_of_commands
try "the help of run names every option" test_help_of_run
try "the version is that of the sources" test_version
try "an unknown command is refused, with the nearest" test_unknown_command
try "an unknown option is refused" test_unknown_option
try "too few and too many files are refused" test_number_of_files
try "a file that is not there is named" test_no_such_file
try "a bad value of an option is refused" test_bad_values
try "a bad setting is refused, with the nearest key" test_bad_settings
try "a run ends with status 0" steppe run "$epstein" --steps 1 --threads 1
finish
