import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from precursors.door import Door

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "precursors.settings")

application = get_wsgi_application()

if not settings.DEBUG:  # templates and words under work are no change that anything tells
    from cities.models import next_change
    from precursors.page_cache import PageCache

    application = PageCache(application, next_change)

application = Door(application)
