"""How records become files: what no file can hold, CSV, XLSX, JSON and GeoJSON."""

import csv
import logging
import re
from functools import partial
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.http import HttpResponse, JsonResponse
from django.utils.functional import Promise
from openpyxl import Workbook

from ..text.formulas import as_in_xlsx, escaped
from .columns import LICENCE, TERMS, plain_number

log = logging.getLogger(__name__)

COMPACT = {"ensure_ascii": False, "separators": (",", ":")}
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "geojson": "application/geo+json",
}
# XML holds no such character, and neither do the feed and the spreadsheet, which are made of it.
UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def row(columns, record):
    """Return {name: value} of a record."""
    return {column.name: column.value(record) for column in columns}


def rows(columns, records):
    """Return what `row` makes of each record that a file can hold."""
    return list(written(partial(row, columns), records))


def written(write, records):
    """Yield what `write` makes of each record; leave out, and log, what no file can hold."""
    for record in records:
        try:
            made = write(record)
            refuse_unwritable(made)
        except Exception as error:  # whatever it is, the others are to be read
            kind = record._meta.model_name
            log.error("Left out of a file, %s %s: %r", kind, record.pk, error)
        else:
            yield made


def refuse_unwritable(value):
    """Raise ValueError where a text holds what XML does not, however deep it stands."""
    if isinstance(value, str) and (found := UNWRITABLE.search(value)):
        raise ValueError(f"holds U+{ord(found[0]):04X}")
    if isinstance(value, dict):
        value = value.values()
    if not isinstance(value, (str, type(None), Promise)) and hasattr(value, "__iter__"):
        for part in value:
            refuse_unwritable(part)


def last_day(told):
    """Return the day on which any of the told records last changed; None where there are none."""
    return max((values["changed_on"] for values in told), default=None)


# Each returns (response, the day of the last change in it).


def as_csv(table, records, source):
    """Return a table as CSV; the mark at its beginning tells Excel that it is UTF-8."""
    told = rows([*table.columns, *TERMS], table.lines(records))
    file = StringIO("\ufeff", newline="")
    file.seek(0, 2)
    writer = csv.writer(file)
    writer.writerow(column.name for column in [*table.columns, *TERMS])
    writer.writerows(map(in_cell, values.values()) for values in told)
    return HttpResponse(file.getvalue(), content_type=MEDIA_TYPES["csv"]), last_day(told)


def as_xlsx(table, records, source):
    """Return a table as a workbook; what belongs to its records has sheets of its own."""
    told = rows([*table.columns, *TERMS], table.lines(records))
    day = last_day(told)
    book = Workbook(write_only=True)
    add_sheet(book, table.name, [*table.columns, *TERMS], told)
    for name, (columns, belongings) in table.sheets.items():
        add_sheet(book, name, columns, rows(columns, belongings(records)))
    sheet = book.create_sheet("about")
    for name, value in about(source, day).items():
        sheet.append([name, value])
    file = BytesIO()
    book.save(file)
    return HttpResponse(undated(file), content_type=MEDIA_TYPES["xlsx"]), day


def add_sheet(book, name, columns, told):
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    sheet.append([column.name for column in columns])
    for values in told:
        sheet.append([as_in_xlsx(in_cell(value)) for value in values.values()])


def as_json(table, records, source):
    """Return all that pages tell: long texts as HTML, and with each record what belongs to it."""
    told = list(written(table.whole or partial(row, table.columns), records))
    day = last_day(told)
    content = about(source, day) | {table.key: told}
    return JsonResponse(content, json_dumps_params=COMPACT), day


def as_geojson(table, records, source):
    """Return a table as GeoJSON (RFC 7946)."""
    placed = (record for record in records if len(table.points(record)) > table.is_lines)
    told = list(written(partial(feature, table), placed))
    day = last_day(feature["properties"] for feature in told)
    content = {"type": "FeatureCollection", **about(source, day), "features": told}
    options = {"content_type": MEDIA_TYPES["geojson"], "json_dumps_params": {"ensure_ascii": False}}
    return JsonResponse(content, **options), day


WRITERS = {"csv": as_csv, "xlsx": as_xlsx, "json": as_json, "geojson": as_geojson}


def about(source, day):
    return {"licence": LICENCE, "source": source, "changed_on": day}


def feature(table, record):
    points = [
        [plain_number(place.longitude), plain_number(place.latitude)]
        for place in table.points(record)
    ]
    line = {"type": "LineString", "coordinates": points}
    values = table.properties(record) if table.properties else row(table.columns, record)
    return {
        "type": "Feature",
        "id": str(record.uuid),
        "geometry": line if table.is_lines else {"type": "Point", "coordinates": points[0]},
        "properties": {k: v for k, v in values.items() if k not in ("id", "latitude", "longitude")},
    }


def in_cell(value):
    """Return a value as a cell holds it: several with “|” between, and no text that is run."""
    if isinstance(value, (list, tuple)):
        value = "|".join(map(str, value))
    return escaped(value) if isinstance(value, str) else value


def undated(file):
    """Return a workbook without the time of its making: the same content, the same bytes."""
    made = BytesIO()
    with ZipFile(file) as source, ZipFile(made, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"<dcterms:(\w++)[^<>]*>[^<]*</dcterms:\1>", b"", part)
            target.writestr(ZipInfo(name), part, ZIP_DEFLATED)
    return made.getvalue()
