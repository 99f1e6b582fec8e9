"""Save a city under each name that comes in, and say so when it is committed."""

import os
import sys

import django

sys.path.insert(0, ".")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "precursors.settings")
django.setup()

from cities.models import City  # noqa: E402

city = City.objects.get(slug=sys.argv[1])
for line in sys.stdin:
    city.name_en = line.strip()
    city.save()
    print("saved", flush=True)
