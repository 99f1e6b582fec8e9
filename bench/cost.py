"""Print as JSON the pages that grow with the programme: {name: [address, queries, ms of CPU]}."""

import json
import os
import sys
import time
from statistics import median
from urllib.parse import urlencode

import django

sys.path.insert(0, ".")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "precursors.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils.translation import override  # noqa: E402

from cities.models import City, Journey, Practice, Topic  # noqa: E402

settings.ALLOWED_HOSTS.append("testserver")
with override("en"):
    city = City.objects.published().precursors().filter(population__gt=0).first()
    practice = Practice.objects.published().first()
    rare = practice.title.split()[-1]
    two = [one.slug for one in Practice.objects.published()[:2]]
    pages = {
        "home": "/en/",
        "cities": "/en/cities/",
        "city profile": city.get_absolute_url(),
        "practice": practice.get_absolute_url(),
        "finder": "/en/good-practices/",
        "finder, two themes": "/en/good-practices/?theme=energy&theme=mobility",
        "search, a word of most": "/en/good-practices/?q=bicycle",
        "search, two words": "/en/good-practices/?q=tram+heat",
        "search, a rare word": f"/en/good-practices/?{urlencode({'q': rare})}",
        "search, a mistyped word": "/en/good-practices/?q=bycicle",
        "towns like one of 16,000": "/en/good-practices/?like=16000",
        "search of the whole site": "/en/search/?q=bicycle",
        "search of the whole site, two words": "/en/search/?q=tram+heat",
        "topic": Topic.objects.published().first().get_absolute_url(),
        "theme": "/en/themes/energy/",
        "country": city.country.get_absolute_url(),
        "figures": "/en/figures/",
        "figures of a measure": "/en/figures/whole-cost/",
        "journey": Journey.objects.published().first().get_absolute_url(),
        "file of two practices": f"/en/file/?{urlencode({'p': two}, doseq=True)}",
        "events": "/en/events/",
        "the map’s cities": "/en/map.json",
    }
told, client = {}, Client()
for name, path in pages.items():
    client.get(path)  # works out what is kept until the next change
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    asked, spent = len(queries), []
    for _ in range(5):
        began = time.process_time()
        client.get(path)
        spent.append(time.process_time() - began)
    told[name] = path, asked, round(median(spent) * 1000, 1)
print(json.dumps(told))
