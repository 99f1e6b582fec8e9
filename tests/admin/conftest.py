import pytest
from editing import MODELS

from cities.models import Mention, Source


@pytest.fixture
def make_source(make_city):
    def make(**fields):
        return Source.objects.create(**{"city": make_city(), "title": "Raport"} | fields)

    return make


@pytest.fixture
def make_mention(make_city):
    def make(**fields):
        told = {"title": "Kutno", "url": "https://collection.example/", "language": "de"}
        return Mention.objects.create(**{"city": make_city()} | told | fields)

    return make


@pytest.fixture
def make_stop(make_journey, make_city):
    return lambda: make_journey(make_city()).stops.get()


@pytest.fixture
def make(request):
    """Make a record of the model of this name."""
    makers = [request.getfixturevalue(f"make_{model}") for model in MODELS]
    return lambda model, **fields: dict(zip(MODELS, makers, strict=True))[model](**fields)
