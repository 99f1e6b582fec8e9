"""Which tables make kept pages old: those that visitors see, and no others."""

from django.apps import apps
from django.conf import settings

# Of staff, and of the site itself.
UNSEEN = {
    "cities_answer",
    "cities_citywords",
    "cities_country_editors",
    "cities_country_trusted",
    "cities_draft",
    "cities_finding",
    "cities_loadedcolumn",
    "cities_note",
    "cities_officelink",
    "cities_practicewords",
    "cities_previewlink",
    "cities_reminder",
    "cities_searchtext",
    "cities_synonym",
    "cities_tableontrial",
    "cities_unanswered",
    "cities_word",
}


def test_every_table_of_the_programme_is_either_seen_or_named_here():
    tables = {m._meta.db_table for m in apps.get_app_config("cities").get_models(True)}
    assert tables == set(settings.PAGE_CACHE_TABLES) | UNSEEN
    assert not UNSEEN & set(settings.PAGE_CACHE_TABLES)
