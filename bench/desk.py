"""Print what the admin takes, page by page: queries, milliseconds of processor and altogether.

    VAR_DIR=… .venv/bin/python bench/desk.py

For an invented programme (`synthesise_programme`): it makes an account, and saves. Each page is
asked for once before; what is saved had its form read before.
"""

import logging
import os
import statistics
import sys
import time
from itertools import count

import django

sys.path.insert(0, ".")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "precursors.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import Group, User  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django_otp import DEVICE_ID_SESSION_KEY  # noqa: E402
from django_otp.plugins.otp_static.models import StaticDevice  # noqa: E402
from installation import Form  # noqa: E402

from cities.models import City, Country, Practice  # noqa: E402

ROUNDS = 5
number = count(1)


def publisher():
    """Return a client of a new publisher of all countries."""
    user = User.objects.create(username=f"desk-{time.time_ns()}", is_staff=True)
    user.groups.set(Group.objects.filter(name="publisher"))
    user.countries.set(Country.objects.all())
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    session = client.session
    device = StaticDevice.objects.create(user=user, name="recovery")
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return client


def page(name, *arguments, **query):
    return reverse(f"admin:{name}", args=arguments, query=query)


def saving(client, path, field):
    """Return a function that saves a form with one field changed."""

    def save():
        data = Form(client.get(path).text).data
        data[field] = f"{data[field]} {next(number)}"
        return client.post(path, data)

    return save


settings.ALLOWED_HOSTS.append("testserver")
logging.disable()
client = publisher()
city = City.objects.published().precursors().order_by("pk")[100]
practice = Practice.objects.published().order_by("pk")[100]
last = (City.objects.count() - 1) // 100 + 1
cities, practices = "cities_city_changelist", "cities_practice_changelist"
city_form, practice_form = "cities_city_change", "cities_practice_change"
pages = {
    "front page": page("index"),
    "list of cities": page(cities),
    "list of cities, its last page": page(cities, p=last),
    "list of cities, searched": page(cities, q="nowa"),
    "list of practices": page(practices),
    "list of practices, searched": page(practices, q="tram"),
    "form of a city": page(city_form, city.pk),
    "form of a practice": page(practice_form, practice.pk),
    "history of a practice": page("cities_practice_history", practice.pk),
    "preview of a practice": reverse("practice_preview", args=[practice.slug]),
    "translations": page("cities_translations"),
}
asked = {name: lambda path=path: client.get(path) for name, path in pages.items()}
asked["form and save of a city"] = saving(client, pages["form of a city"], "name_en")
asked["form and save of a practice"] = saving(client, pages["form of a practice"], "title_en")
print("| | queries | ms of processor | ms |\n|---|---|---|---|")
for name, ask in asked.items():
    with CaptureQueriesContext(connection) as queries:
        response = ask()
    asked_for = len(queries)
    if response.status_code not in (200, 204, 302):
        sys.exit(f"{name}: {response.status_code}")
    told = []
    for _round in range(ROUNDS):
        began = time.process_time(), time.perf_counter()
        ask()
        told.append((time.process_time() - began[0], time.perf_counter() - began[1]))
    processor, altogether = (1000 * statistics.median(each) for each in zip(*told, strict=True))
    print(f"| {name} | {asked_for} | {processor:.0f} | {altogether:.0f} |", flush=True)
