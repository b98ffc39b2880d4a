#!/usr/bin/env python3
"""Do the rooms of src/ keep their order? Prints each include that goes to a later room, and each cycle of headers.

A room includes itself and rooms before it (CONTRIBUTING.md, "How the code is laid out"); its tests (*_test*.c) may
include any room. Exit status: 0, or 1 if anything was printed. An argument names another root than that of the
repository.
"""
import re
import sys
from pathlib import Path

ORDER = ["base", "scenario", "world", "street", "street/presets", "models", "seat", "nation", "engine", "record",
         "study/stats", "study/plots", "study/measures", "study/ensembles", "study/questions", "study/scale",
         "study/risk", "study/sensitivity", "study/validation", "study/replication", "report/format", "report/svg",
         "report/load", "report/charts", "report/run", "report/ensemble", "report/answers", "report/page",
         "report/markdown", "cli"]
# Rooms that use the public header and themselves alone.
OUTSIDE = {"cli": {"cli"}}


def read(source):
    """The includes of every file below src/: {file: [included file]}, by their paths from there."""
    files = {path.relative_to(source).as_posix(): path for path in source.rglob("*.[ch]")
             if "_test" not in path.stem}
    found = {}
    for name, path in files.items():
        quoted = re.findall(r'^\s*#\s*include\s+"([^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE)
        found[name] = [other for other in quoted if other in files]
    return found


def room(name):
    return name.rpartition("/")[0]


def wrong_ways(includes):
    for name, others in sorted(includes.items()):
        if room(name) not in ORDER:
            yield f"{name}: src/{room(name)} has no place in the order of rooms"
            continue
        allowed = OUTSIDE.get(room(name), set(ORDER[:ORDER.index(room(name)) + 1]))
        for other in others:
            if room(other) not in allowed:
                yield f"{name} includes {other}: {room(name)} comes before {room(other)}, or may not use it"


def cycles(includes):
    """Each cycle among the headers once, as the headers along it."""
    done, path = set(), []

    def visit(name):
        if name in path:
            yield path[path.index(name):] + [name]
        elif name not in done:
            path.append(name)
            for other in includes[name]:
                yield from visit(other)
            path.pop()
            done.add(name)

    for name in sorted(includes):
        if name.endswith(".h"):
            yield from visit(name)


def main():
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    includes = read(root / "src")
    if not includes:
        sys.exit(f"rooms: no C file below {root / 'src'}")
    faults = list(wrong_ways(includes)) + ["a cycle: " + " -> ".join(cycle) for cycle in cycles(includes)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
