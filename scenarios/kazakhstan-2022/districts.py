#!/usr/bin/env python3
"""Write the units and districts of scenario.yaml from the tables in data/.

    districts.py            rewrite the block between the two marker lines
    districts.py --check    change nothing; exit 1 if the block is out of date

GeoNames counts of towns are old, so they serve as weights. One factor for the whole
country, f, brings the listed towns of the oblasts up to their urban population; what a
unit's own districts do not hold lives in "rest of" the unit.
"""
import csv
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCENARIO = HERE / "scenario.yaml"
BEGIN = "# districts: begin (written by districts.py)"
END = "# districts: end"

TOTAL = 19503159           # residents on 1 January 2022
URBAN_SHARE = 0.612        # census of 2021
POLICE_PER_100000 = 393    # after the cuts of 2019-20
TOWN_FLOOR = 45000         # GeoNames count from which a town is a district of its own
TOWN_CEILING = 0.9         # the listed towns hold at most this share of their unit
FACTOR_CEILING = 1.6       # a larger f would mean that the list misses too many towns
CITIES = ("almaty-city", "nur-sultan", "shymkent")  # units that are one district each
CITY_PLACES = dict(zip(("Almaty", "Nur-Sultan", "Shymkent"), CITIES))
FUEL = ("fuel_dependence", "low", "high")
HARDSHIP = ("hardship_high", "low", "high")
LEFT_OUT = {
    "Baikonur": "leased to and administered by Russia; in no unit's statistics",
    "Sarkand": "implausible count (76,919); its people are in the rest of Almaty region",
}


def fail(message):
    sys.exit(f"districts.py: {message}")


def table(name, *columns):
    path = HERE / "data" / name
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        fail(f"cannot read data/{name}: {error.strerror}")
    for number, row in enumerate(rows, 2):
        for column in columns:
            if row.get(column) is None:
                fail(f"data/{name}:{number}: no column '{column}'")
    return rows


def slug(name):
    return name.lower().replace(" ", "-")


def read_units():
    """Units by id, in the order of the table, with what data/ says of each."""
    units = {}
    for row in table("kazakhstan-units.csv", "unit", "gn_a1_code",
                     "population_2022_01_01", "unemployment_2022_percent"):
        units[slug(row["unit"])] = {
            "name": row["unit"],
            "admin": row["gn_a1_code"].removeprefix("KZ."),
            "population": int(row["population_2022_01_01"]),
            "unemployment": round(float(row["unemployment_2022_percent"]) / 100, 4),
            "towns": [],
        }
    if sum(u["population"] for u in units.values()) != TOTAL:
        fail(f"data/kazakhstan-units.csv: populations do not sum to {TOTAL}")
    for row in table("assumptions.csv", "unit", *FUEL):
        if row["unit"] not in units:
            fail(f"data/assumptions.csv: there is no unit '{row['unit']}'")
        units[row["unit"]]["fuel"] = [float(row[column]) for column in FUEL]
    for row in table("centroids.csv", "unit", "lat", "lon"):
        if row["unit"] not in units:
            fail(f"data/centroids.csv: there is no unit '{row['unit']}'")
        units[row["unit"]]["centroid"] = float(row["lat"]), float(row["lon"])
    for uid, unit in units.items():
        if "fuel" not in unit:
            fail(f"data/assumptions.csv: no line for unit '{uid}'")
    return units


def read_towns(units):
    """Hang the towns of places.csv on their units, the largest first."""
    by_admin = {unit["admin"]: uid for uid, unit in units.items() if uid not in CITIES}
    for row in table("places.csv", "admin_code", "name", "population", "lon", "lat"):
        if row["name"] in LEFT_OUT:
            continue
        uid = CITY_PLACES.get(row["name"]) or by_admin.get(row["admin_code"])
        if uid is None:
            fail(f"data/places.csv: no unit for {row['name']}, {row['admin_code']}")
        units[uid]["towns"].append({
            "name": row["name"],
            "count": int(row["population"]),
            "lat": float(row["lat"]),
            "lon": float(row["lon"]),
        })
    for uid, unit in units.items():
        unit["towns"].sort(key=lambda t: (-t["count"], t["name"]))
        if uid in CITIES and len(unit["towns"]) != 1:
            fail(f"data/places.csv: expected one place for the city '{uid}'")


def national_factor(units):
    """f: urban residents of the oblasts per head counted in their listed towns.

    It stands for two things at once: growth since GeoNames counted, and the urban
    settlements below 20,000 that the list lacks. The second makes towns too large.
    """
    in_cities = sum(units[uid]["population"] for uid in CITIES)
    oblasts = [unit for uid, unit in units.items() if uid not in CITIES]
    counted = sum(t["count"] for unit in oblasts for t in unit["towns"])
    if counted == 0:
        fail("data/places.csv: no town in any oblast")
    factor = (URBAN_SHARE * TOTAL - in_cities) / counted
    if not 0 < factor <= FACTOR_CEILING:
        fail(f"f = {factor:.3f} is implausible; look at data/places.csv")
    return factor


def rest_point(uid, unit, towns):
    """Where the rest of a unit lies: among its smaller towns, or at its centre."""
    if towns:
        heads = sum(t["count"] for t in towns)
        lat = sum(t["lat"] * t["count"] for t in towns) / heads
        lon = sum(t["lon"] * t["count"] for t in towns) / heads
        return lat, lon
    if "centroid" not in unit:
        fail(f"data/centroids.csv: no line for unit '{uid}', which has no smaller town")
    return unit["centroid"]


def split(uid, unit, factor):
    """The districts of one unit, as (id, name, lat, lon, population)."""
    if uid in CITIES:
        t = unit["towns"][0]
        return [(slug(t["name"]), t["name"], t["lat"], t["lon"], unit["population"])]
    counted = sum(t["count"] for t in unit["towns"])
    if counted * factor > TOWN_CEILING * unit["population"]:
        factor = TOWN_CEILING * unit["population"] / counted
    districts = [
        (slug(t["name"]), t["name"], t["lat"], t["lon"], round(t["count"] * factor))
        for t in unit["towns"] if t["count"] >= TOWN_FLOOR
    ]
    smaller = [t for t in unit["towns"] if t["count"] < TOWN_FLOOR]
    lat, lon = rest_point(uid, unit, smaller)
    left = unit["population"] - sum(d[4] for d in districts)
    return districts + [(f"rest-of-{uid}", f"Rest of {unit['name']}", lat, lon, left)]


def officers(population):
    return (population * POLICE_PER_100000 + 50000) // 100000


def read_hardship():
    """Towns whose worst off are assumed to be worse off than elsewhere."""
    return {row["district"]: [float(row[column]) for column in HARDSHIP]
            for row in table("towns.csv", "district", *HARDSHIP)}


def hardship_line(town):
    value, low, high = town
    return (f"      hardship_high: {{ value: {value:g}, range: [{low:g}, {high:g}], "
            "kind: assumption },")


def block(units, factor, hardship):
    """The lines between the markers, and the number of districts in them."""
    lines = ["units:"]
    for uid, unit in units.items():
        lines.append(f"  - {{ id: {uid}, name: {unit['name']}, "
                     f"population: {unit['population']} }}")
    lines += ["", "districts:"]
    ids = set()
    for uid, unit in units.items():
        value, low, high = unit["fuel"]
        for did, name, lat, lon, people in split(uid, unit, factor):
            if did in ids:
                fail(f"two districts are called '{did}'")
            ids.add(did)
            lines += [
                f"  - {{ id: {did}, name: {name},",
                f"      unit: {uid}, lat: {lat:.4f}, lon: {lon:.4f}, population: {people},",
                f"      officers: {officers(people)}, "
                f"unemployment: {unit['unemployment']:g},",
                *([hardship_line(hardship[did])] if did in hardship else []),
                f"      fuel_dependence: {{ value: {value:g}, "
                f"range: [{low:g}, {high:g}], kind: assumption }} }}",
            ]
    for did in hardship:
        if did not in ids:
            fail(f"data/towns.csv: there is no district '{did}'")
    return lines, len(ids)


def main(arguments):
    if arguments not in ([], ["--check"]):
        fail("usage: districts.py [--check]")
    try:
        units = read_units()
        read_towns(units)
        hardship = read_hardship()
    except ValueError as error:
        fail(f"a table in data/ has a bad number: {error}")
    factor = national_factor(units)
    new, count = block(units, factor, hardship)

    try:
        lines = SCENARIO.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        fail(f"cannot read scenario.yaml: {error.strerror}")
    markers = [line for line in lines if line in (BEGIN, END)]
    if markers != [BEGIN, END]:
        fail(f"scenario.yaml needs one line '{BEGIN}' and, below it, one line '{END}'")
    first, last = lines.index(BEGIN) + 1, lines.index(END)
    if arguments:
        if lines[first:last] != new:
            fail("scenario.yaml is out of date: run districts.py")
        return
    lines[first:last] = new
    SCENARIO.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{count} districts in {len(units)} units, f = {factor:.4f}")


if __name__ == "__main__":
    main(sys.argv[1:])
