"""What a page tells machines about itself, in the words of schema.org."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext

from ..models import City, Contact, Country, Event, Journey, Occasion, Practice, Topic
from ..models.city import LANGUAGE_OF
from ..text.translation import in_best_language
from ..text.typography import plain
from .columns import LICENCE
from .formats import MEDIA_TYPES
from .share import SIZE
from .tables import TABLES

# A country for each language: the one that has its code, or else any that speaks it.
SPOKEN = sorted(LANGUAGE_OF.items(), key=lambda pair: pair[0] == pair[1])
TERRITORIES = {language: country.upper() for country, language in SPOKEN}


def page(url, title, description, image, record=None):
    """Return the data of a page, and of the record that it is about."""
    told = {
        "@type": "CollectionPage" if isinstance(record, (Topic, Journey)) else "WebPage",
        "@id": url,
        "url": url,
        "name": title,
        "description": description,
        "inLanguage": get_language(),
        "isPartOf": site(),
    }
    if image:
        told["primaryImageOfPage"] = {
            "@type": "ImageObject",
            "url": image,
            "width": SIZE[0],
            "height": SIZE[1],
        }
    graph = [told]
    if record:
        about = RECORDS[type(record)](record) | {"@id": f"{url}#record"}
        if image:
            about["image"] = image
        told["mainEntity"] = {"@id": about["@id"]}
        graph.append(about)
        if isinstance(record, Contact) and record.is_reachable:
            graph.append(office(record) | {"areaServed": told["mainEntity"]})
    return {"@context": "https://schema.org", "@graph": graph}


def site():
    """Return the data of the site, with its operator where one is named."""
    told = {
        "@type": "WebSite",
        "@id": f"{settings.SITE_URL}/#site",
        "url": f"{settings.SITE_URL}/",
        "name": gettext("Precursor Cities"),
    }
    if settings.OPERATOR_NAME:
        told["publisher"] = {"@type": "Organization", "name": settings.OPERATOR_NAME}
    return told


def city(record):
    told = {
        "@type": "City",
        "name": record.name,
        "description": record.summary,
        "geo": {
            "@type": "GeoCoordinates",
            "latitude": float(record.latitude),
            "longitude": float(record.longitude),
        },
        "containedInPlace": country(record.country),
    }
    if record.local_name and record.local_name != record.name:
        told["alternateName"] = record.local_name
    if record.website:
        told["sameAs"] = record.website
    return told


def office(record):
    """Return the data of the office that one asks about a city, or of a country’s partner."""
    contact = {
        "@type": "ContactPoint",
        "email": record.email,
        "telephone": record.telephone,
        "url": record.page_to_ask,
    }
    return {
        "@type": "GovernmentOrganization" if isinstance(record, City) else "Organization",
        "name": record.called,
        "contactPoint": {name: value for name, value in contact.items() if value},
    }


def country(record):
    return {
        "@type": "Country",
        "name": record.name,
        "url": settings.SITE_URL + record.get_absolute_url(),
    }


def topic(record):
    told = {
        "@type": "DefinedTerm",
        "name": record.name,
        "description": " ".join(plain(record.intro).split()),
        "termCode": record.slug,
        "inDefinedTermSet": settings.SITE_URL + reverse("topics"),
    }
    if record.synonyms:
        told["alternateName"] = [word.strip() for word in record.synonyms.split(",")]
    return told


def journey(record):
    return {
        "@type": "ItemList",
        "name": record.title,
        "description": record.intro,
        "numberOfItems": len(record.route),
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": stop.number,
                "name": str(stop),
                "url": settings.SITE_URL + stop.record.get_absolute_url(),
            }
            for stop in record.route
        ],
    }


LEARNING = {Occasion.WORKSHOP, Occasion.TRAINING, Occasion.STUDY_VISIT}


def event(record):
    told = {
        "@type": "EducationEvent" if record.kind in LEARNING else "Event",
        "name": record.title,
        "description": record.text,
        "keywords": [str(theme.label) for theme in record.themes],
    }
    if record.first_day:
        told["startDate"], told["endDate"] = record.iso_days
    if record.was_held or record.is_upcoming:
        told["eventStatus"] = "https://schema.org/EventScheduled"
    is_somewhere = record.is_met or (record.where and not record.online)
    places = [event_place(record)] if is_somewhere else []
    if record.online:
        address = settings.SITE_URL + record.get_absolute_url()
        places.append({"@type": "VirtualLocation", "url": address})
    if places:
        told["location"] = places
    modes = {(True, False): "Offline", (False, True): "Online", (True, True): "Mixed"}
    if mode := modes.get((record.is_met, record.online)):
        told["eventAttendanceMode"] = f"https://schema.org/{mode}EventAttendanceMode"
    if record.source_title:
        told["subjectOf"] = {"@type": "CreativeWork", "name": record.source_title}
        if record.source_url:
            told["subjectOf"]["url"] = record.source_url
    return told


def event_place(record):
    """Return where an event took place: a city, a place in a country, or all that is known."""
    told = {"@type": "Place", "name": record.where}
    if record.country:
        told["address"] = {
            "@type": "PostalAddress",
            "addressCountry": record.country.code.upper(),
        }
        if place := record.place or (record.city and record.city.name):
            told["address"]["addressLocality"] = place
    return told


def practice(record):
    title, language = in_best_language(record, "title")
    told = {
        "@type": "Article",
        "headline": title,
        "description": record.summary,
        "inLanguage": language,
        "author": author(),
        "datePublished": min(record.publish_at.date(), record.changed_on).isoformat(),
        "dateModified": record.changed_on.isoformat(),
        "license": LICENCE,
        "keywords": [str(theme.label) for theme in record.themes],
        "about": {
            "@type": "City",
            "name": record.city.name,
            "url": settings.SITE_URL + record.city.get_absolute_url(),
        },
    }
    if settings.OPERATOR_NAME:
        told["publisher"] = {"@type": "Organization", "name": settings.OPERATOR_NAME}
    if cited := [source.url for source in record.sources.all() if source.url]:
        told["citation"] = cited
    return told


def datasets(day, coverage):
    """Return the data of the downloads, which last changed on a day."""
    shared = {
        "url": settings.SITE_URL + reverse("data"),
        "license": LICENCE,
        "inLanguage": get_language(),
        "isAccessibleForFree": True,
        "creator": author(),
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": gettext("Precursor Cities"),
            "url": settings.SITE_URL + reverse("dcat"),
        },
        "keywords": coverage["keywords"],
    }
    if day:
        shared["dateModified"] = day.isoformat()
    if coverage["box"]:
        shape = {"@type": "GeoShape", "box": " ".join(map(str, coverage["box"]))}
        shared["spatialCoverage"] = {"@type": "Place", "geo": shape}
    if coverage["years"]:
        shared["temporalCoverage"] = "/".join(map(str, coverage["years"]))
    return {
        "@context": "https://schema.org",
        "@graph": [dataset(table) | shared for table in TABLES],
    }


def dataset(table):
    return {
        "@type": "Dataset",
        "@id": f"{settings.SITE_URL}{reverse('data')}#{table.name}",
        "name": f"{gettext('Precursor Cities')}: {table.title}",
        "description": str(table.about),
        "variableMeasured": [column.name for column in table.columns],
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": settings.SITE_URL + reverse("data_file", args=[name]),
                "encodingFormat": MEDIA_TYPES[kind],
            }
            for name, kind in table.files.items()
        ],
    }


def author():
    """Return the data of who writes and publishes all this."""
    name = settings.OPERATOR_NAME or gettext("Precursor Cities")
    return {"@type": "Organization", "name": name}


RECORDS = {
    City: city,
    Country: country,
    Event: event,
    Journey: journey,
    Practice: practice,
    Topic: topic,
}


def trail(steps):
    """Return the data of breadcrumbs from (name, path) pairs; the page itself has no path."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": str(name)}
            | ({"item": settings.SITE_URL + path} if path else {})
            for position, (name, path) in enumerate(steps, start=1)
        ],
    }
