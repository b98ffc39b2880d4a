#!/usr/bin/env python3
"""Write boundaries.topo.json, the map of the report, from Natural Earth's in data/.

    boundaries.py            write it
    boundaries.py --check    change nothing; exit 1 if it is out of date

Every area gets the id of its unit in scenario.yaml. Baikonur, a hole in Kyzylorda, is filled.
Shymkent, apart from Turkistan since 2018, has no boundary there: it stays a point.
"""
import csv
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "data" / "natural-earth-kaz.topo.json"
TARGET = HERE / "boundaries.topo.json"
FILLED = {"-108": "KZ.14"}  # Baikonur is drawn as part of Kyzylorda


def units_by_code():
    with (HERE / "data" / "kazakhstan-units.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["gn_a1_code"]: row["unit"] for row in rows if row["gn_a1_code"]}


def without(rings, holes):
    """The rings of a polygon less those that are made of the given arcs, either way round."""
    return [ring for ring in rings
            if not all(arc in holes or ~arc in holes for arc in ring)]


def boundaries():
    topology = json.loads(SOURCE.read_text(encoding="utf-8"))
    (areas,) = topology["objects"].values()
    geometries = areas["geometries"]
    filled = {FILLED[g["properties"]["gn"]]: {arc for ring in g["arcs"] for arc in ring}
              for g in geometries if g["properties"]["gn"] in FILLED}
    names, made = units_by_code(), []
    for area in geometries:
        code = area["properties"]["gn"]
        if code in FILLED:
            continue
        name = names.pop(code)
        made.append({"type": area["type"],
                     "properties": {"unit": name.lower().replace(" ", "-"), "name": name},
                     "arcs": without(area["arcs"], filled.get(code, set()))})
    if names:
        sys.exit(f"boundaries.py: no area for {', '.join(names.values())}")
    return {"type": "Topology",
            "source": "Natural Earth, 1:10m, public domain",
            "transform": topology["transform"],
            "objects": {"units": {"type": "GeometryCollection", "geometries": made}},
            "arcs": topology["arcs"]}


def main(arguments):
    text = json.dumps(boundaries(), ensure_ascii=False, separators=(",", ":")) + "\n"
    if arguments == ["--check"]:
        there = TARGET.exists() and TARGET.read_text(encoding="utf-8") == text
        return 0 if there else "boundaries.py: boundaries.topo.json is out of date"
    if arguments:
        return __doc__
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
