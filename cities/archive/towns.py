"""What an archive knows of towns: the programme's own, and by which words they are called."""

from django.db.models.functions import Length
from translated_fields import to_attribute

from ..finder.indexing import TITLE, names
from ..models import City
from ..text.words import forms


def known(index):
    """Return what static/js/towns.js asks: the cities of an index, and the words of their names.

    Those of the shortest names come first, as in similarity.town.
    """
    cities = City.objects.published().select_related("country")
    told = [
        {
            "slug": city.slug,
            "name": city.name,
            "country": city.country.code,
            "population": city.population,
            "forms": sorted({form for name in names(city).split(" · ") for form in forms(name)}),
            "stems": sorted(stems_of_title(index["records"][city.slug])),
        }
        for city in cities.order_by(Length(to_attribute("name")), "pk")
    ]
    stems = {stem for city in told for stem in city["stems"]}
    words = {form: [s for s in those if s in stems] for form, those in index["words"].items()}
    return {"cities": told, "words": {form: those for form, those in words.items() if those}}


def stems_of_title(texts):
    words = [word for level, words in texts if level == TITLE for word in words]
    return {stem for word in words for stem in (word[0] if isinstance(word[0], list) else word)}
