# A thin front: what to type. The work is done by meson and by scripts/.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo build check check-bare check-long coverage bench schedules presence verdicts format \
    check-format lint clean

SOURCES = find src include tests fuzz bench studies examples -name '*.[ch]' -print0

help:
	@echo 'make demo        build Steppe and run a country (about a minute)'
	@echo 'make build       build it: build/steppe'
	@echo 'make check       build it, with sanitizers too, and run every test (some 8 minutes)'
	@echo 'make check-bare  the same in a bare Debian, where nothing is there but what it installs'
	@echo 'make check-long  more compilers, long tests, a race detector, clang-tidy (about an hour)'
	@echo 'make coverage    which lines the tests reach: coverage/index.html'
	@echo 'make bench       measure its speed'
	@echo 'make schedules   compare the two schedules and write docs/schedules.md'
	@echo 'make presence    compare home with street and write docs/presence.md (hours, at 1:1)'
	@echo 'make verdicts    how often "equivalent" is said wrongly: the table of docs/questions.md'
	@echo 'make format      lay out the C files by .clang-format'
	@echo 'make lint        look for trouble with clang-format and clang-tidy'
	@echo 'make clean       remove what was built (results/ stays)'

demo: build
	@scripts/demo

build:
	@scripts/setup run
	@test -f build/build.ninja || meson setup build -Dbuildtype=release -Dtests=auto
	@ninja -C build steppe

check:
	@scripts/setup check
	@scripts/check

check-bare:
	@scripts/check-bare

check-long:
	@scripts/setup check-long
	@scripts/check --long

coverage:
	@scripts/setup coverage
	@scripts/coverage

bench:
	@bench/run

schedules:
	@scripts/schedules

presence:
	@scripts/presence

verdicts:
	@scripts/verdicts

format:
	@$(SOURCES) | xargs -0 clang-format -i

check-format:
	@$(SOURCES) | xargs -0 clang-format --dry-run -Werror

lint: check-format
	@test -f build-check/compile_commands.json || \
	    { echo 'lint: run "make check" first, which makes build-check/' >&2; exit 1; }
	@find src examples -name '*.c' ! -name '*_test*' -print0 | \
	    xargs -0 -n 1 -P "$$(nproc)" clang-tidy --quiet -p build-check

clean:
	rm -rf build build-check build-gcc build-O0 build-clang build-tsan build-coverage coverage
