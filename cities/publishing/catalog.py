"""What others read about the files: catalogues DCAT-AP 3, programs a Data Package of a language."""

from django.conf import settings
from django.http import JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext

from .changes import last_change
from .columns import LICENCE, TERMS
from .coverage import box, keywords, years
from .formats import MEDIA_TYPES
from .open_data import open_data
from .tables import TABLES

# Columns that are no text; a name means the same in every table.
TYPES = {
    "boolean": ["energy", "mobility", "spatial", "integrated", "online", "payers_in_part"],
    "date": [
        "accessed_on",
        "changed_on",
        "confirmed_on",
        "contact_checked_on",
        "first_day",
        "last_day",
    ],
    "integer": ["first_year", "last_year", "number", "population", "population_year", "year"],
    "number": ["canonical", "latitude", "longitude", "value", "value_to"],
}
TYPE_OF = {name: kind for kind, names in TYPES.items() for name in names}
LEADS_TO = {"indicators": ("practice", "good-practices"), "good-practices": ("city", "cities")}
AUTHORITY = "http://publications.europa.eu/resource/authority"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


# Data Package (datapackage.org)


@open_data
def datapackage(request):
    """Serve what the files in the page's language hold; they stand beside it."""
    day = last_change()
    name = f"precursor-cities-{get_language()}"
    resources = [
        resource(table, file, kind) for table in TABLES for file, kind in table.files.items()
    ]
    told = {
        "name": name,
        "id": settings.SITE_URL + request.path,
        "title": gettext("Precursor Cities"),
        "homepage": settings.SITE_URL + reverse("data"),
        "licenses": [{"name": "CC-BY-4.0", "path": LICENCE}],
        "keywords": keywords(),
        "resources": resources,
    }
    return JsonResponse(
        told | ({"version": day.isoformat()} if day else {}),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


def resource(table, file, kind):
    told = {
        "name": file,
        "path": file,
        "title": str(table.title),
        "description": str(table.about),
        "format": kind,
        "mediatype": MEDIA_TYPES[kind].partition(";")[0],
    }
    if kind in ("csv", "xlsx"):
        told |= {"profile": "tabular-data-resource", "schema": schema(table, kind)}
    return told | ({"encoding": "utf-8"} if kind != "xlsx" else {})


def schema(table, kind):
    """Return the columns of a spreadsheet as a Table Schema."""
    columns = [*table.columns, *TERMS]
    told = {
        "fields": [
            {
                "name": column.name,
                "type": TYPE_OF.get(column.name, "string"),
                "description": str(column.meaning),
            }
            for column in columns
        ]
    }
    if columns[0].name == "id":
        told["primaryKey"] = "id"
    if table.name in LEADS_TO:
        field, other = LEADS_TO[table.name]
        reference = {"resource": f"{other}.{kind}", "fields": "id"}
        told["foreignKeys"] = [{"fields": field, "reference": reference}]
    return told


# DCAT-AP


@open_data
def dcat(request):
    """Serve the catalogue of all files in all languages."""
    day = last_change()
    publisher = {
        "@type": "foaf:Agent",
        "foaf:name": in_languages(lambda: settings.OPERATOR_NAME or gettext("Precursor Cities")),
    }
    shared = {
        "dct:publisher": publisher,
        "dct:language": [language(code) for code, _name in settings.OPEN_LANGUAGES],
    }
    if day:
        shared["dct:modified"] = typed("date", day.isoformat())
    catalog = f"{settings.SITE_URL}{request.path}"
    covers = shared | where_and_when()
    covers["dcat:keyword"] = [
        {"@language": tag["@language"], "@value": word}
        for tag in in_languages(lambda: "\n".join(keywords()))
        for word in tag["@value"].split("\n")
    ]
    told = {
        "@context": CONTEXT,
        "@id": catalog,
        "@type": "dcat:Catalog",
        "dct:title": in_languages(lambda: gettext("Precursor Cities")),
        "dct:description": in_languages(lambda: gettext("Open data")),
        "dct:license": {"@id": LICENCE},
        "foaf:homepage": {"@id": f"{settings.SITE_URL}/"},
        "dcat:dataset": [covers | dataset(table, catalog) for table in TABLES],
    }
    return JsonResponse(
        shared | told,
        content_type="application/ld+json",
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


def dataset(table, catalog):
    themes = ["ENER", "TRAN", "REGI"]
    return {
        "@id": f"{catalog}#{table.name}",
        "@type": "dcat:Dataset",
        "dct:title": in_languages(lambda: f"{gettext('Precursor Cities')}: {table.title}"),
        "dct:description": in_languages(lambda: str(table.about)),
        "dct:identifier": f"{catalog}#{table.name}",
        "dcat:landingPage": [{"@id": page["@value"]} for page in in_languages(data_page)],
        "dcat:theme": [{"@id": f"{AUTHORITY}/data-theme/{theme}"} for theme in themes],
        "dcat:distribution": list(distributions(table)),
    }


def distributions(table):
    """Yield each file of a table in each language."""
    for code, _name in settings.OPEN_LANGUAGES:
        for file, kind in table.files.items():
            with translation.override(code):
                address = {"@id": settings.SITE_URL + reverse("data_file", args=[file])}
            media_type = MEDIA_TYPES[kind].partition(";")[0]
            yield {
                "@type": "dcat:Distribution",
                "dct:title": file,
                "dcat:accessURL": address,
                "dcat:downloadURL": address,
                "dct:license": {"@id": LICENCE},
                "dct:language": language(code),
                "dct:format": {"@id": f"{AUTHORITY}/file-type/{kind.upper()}"},
                "dcat:mediaType": {
                    "@id": f"https://www.iana.org/assignments/media-types/{media_type}"
                },
            }


def where_and_when():
    told = {}
    if area := box():
        south, west, north, east = area
        corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        ring = ", ".join(f"{x} {y}" for x, y in corners)
        bounds = {"@type": "geo:wktLiteral", "@value": f"POLYGON(({ring}))"}
        told["dct:spatial"] = {"@type": "dct:Location", "dcat:bbox": bounds}
    if period := years():
        first, last = (typed("gYear", str(year)) for year in period)
        whole = {"@type": "dct:PeriodOfTime", "dcat:startDate": first, "dcat:endDate": last}
        told["dct:temporal"] = whole
    return told


def data_page():
    return settings.SITE_URL + reverse("data")


def language(code):
    return {"@id": f"http://id.loc.gov/vocabulary/iso639-1/{code}"}


def typed(kind, value):
    return {"@type": f"xsd:{kind}", "@value": value}


def in_languages(say):
    """Return what is said in each open language, as JSON-LD has it."""
    said = []
    for code, _name in settings.OPEN_LANGUAGES:
        with translation.override(code):
            said.append({"@language": code, "@value": say()})
    return said
