"""The pages; their addresses are translated like any other text."""

import re

from django.conf import settings
from django.urls import path, register_converter
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView

from .editing.office_page import by_office
from .editing.previews import by_link, preview_of
from .models import Theme
from .publishing import calendars, catalog, feeds, open_data, share, widget
from .publishing.tables import FILES
from .views import events, evidence, file, journeys, library, pages, site_search, topics


class ThemePath:
    """A theme, or “integrated” for all of them, under its name in the page's language."""

    regex = "[a-z0-9-]+"
    names = {
        Theme.ENERGY.value: pgettext_lazy("address", "energy"),
        Theme.MOBILITY.value: pgettext_lazy("address", "mobility"),
        Theme.SPATIAL.value: pgettext_lazy("address", "spatial"),
        "integrated": pgettext_lazy("address", "integrated"),
    }
    samples = names

    def to_python(self, value):
        for theme, name in self.names.items():
            if str(name) == value:
                return theme
        raise ValueError(value)

    def to_url(self, theme):
        return str(self.names[theme])


class DataFile:
    """The name of a file of the open data."""

    regex = "|".join(map(re.escape, FILES))
    to_python = to_url = staticmethod(str)
    samples = FILES


register_converter(ThemePath, "theme")
register_converter(DataFile, "file")


def page(address, name):
    """Return the address of a page that needs nothing but its template and the settings."""
    view = TemplateView.as_view(
        template_name=f"pages/{name}.html", extra_context={"settings": settings}
    )
    return path(address, view, name=name)


def profile(address, view):
    """Return the addresses of the pages of a kind of records, and of their previews for staff."""
    return [
        path(address, view.as_view(), name=view.model._meta.model_name),
        preview(address, view),
    ]


def preview(address, view):
    address = format_lazy("{}{}", pgettext_lazy("address", "preview/"), address)
    name = f"{view.model._meta.model_name}_preview"
    return path(address, preview_of(view).as_view(), name=name)


urlpatterns = [
    path("", pages.home, name="home"),
    # Translators: addresses of pages: small letters without accents, a slash at the end.
    path(pgettext_lazy("address", "cities/"), pages.cities, name="cities"),
    *profile(pgettext_lazy("address", "cities/<slug:slug>/"), pages.CityDetail),
    path(
        pgettext_lazy("address", "countries/<slug:code>/"),
        pages.CountryDetail.as_view(),
        name="country",
    ),
    path(pgettext_lazy("address", "good-practices/"), pages.practices, name="practices"),
    path(pgettext_lazy("address", "compare/"), evidence.compare, name="compare"),
    path(pgettext_lazy("address", "figures/"), evidence.measures, name="measures"),
    path(pgettext_lazy("address", "figures/<slug:key>/"), evidence.measure, name="measure"),
    path(pgettext_lazy("address", "file/"), file.file, name="file"),
    path(pgettext_lazy("address", "file/odt/"), file.file_odt, name="file_odt"),
    path(pgettext_lazy("address", "file/bibtex/"), file.file_bib, name="file_bib"),
    *profile(pgettext_lazy("address", "good-practices/<slug:slug>/"), pages.PracticeDetail),
    path(pgettext_lazy("address", "themes/<theme:theme>/"), pages.theme, name="theme"),
    path(pgettext_lazy("address", "topics/"), topics.topics, name="topics"),
    *profile(pgettext_lazy("address", "topics/<slug:slug>/"), topics.TopicDetail),
    path(pgettext_lazy("address", "journeys/"), journeys.journeys, name="journeys"),
    *profile(pgettext_lazy("address", "journeys/<slug:slug>/"), journeys.JourneyDetail),
    path(pgettext_lazy("address", "events/"), events.events, name="events"),
    *profile(pgettext_lazy("address", "events/<slug:slug>/"), events.EventDetail),
    path(pgettext_lazy("address", "library/"), library.Library.as_view(), name="library"),
    preview(pgettext_lazy("address", "library/<slug:slug>/"), library.LibraryEntry),
    path(
        format_lazy("{}{}", pgettext_lazy("address", "preview/"), "<str:token>/"),
        by_link,
        name="preview_link",
    ),
    path(
        # Translators: the address at which the office of a city says what is still true.
        format_lazy("{}{}", pgettext_lazy("address", "still-true/"), "<str:token>/"),
        by_office,
        name="office_link",
    ),
    path(pgettext_lazy("address", "search/"), site_search.search, name="search"),
    path("suggestions.json", site_search.suggestions, name="suggestions"),
    page(pgettext_lazy("address", "about/"), "about"),
    page(pgettext_lazy("address", "accessibility/"), "accessibility"),
    page(pgettext_lazy("address", "privacy/"), "privacy"),
    path("share/<slug:kind>/<slug:slug>.png", share.share_image, name="share_image"),
    path("map.json", open_data.map_cities, name="map_cities"),
    path("<file:file>", open_data.data_file, name="data_file"),
    path("journeys.atom", feeds.journeys_atom, name="journeys_feed"),
    path("events.ics", calendars.events_ics, name="events_ics"),
    path("library.atom", feeds.library_atom, name="library_feed"),
    path("events.atom", feeds.events_atom, name="events_feed"),
    path("datapackage.json", catalog.datapackage, name="datapackage"),
    path("feed.atom", feeds.practices_atom, name="feed"),
    path(pgettext_lazy("address", "data/"), open_data.data_page, name="data"),
    path(pgettext_lazy("address", "data/widget/"), widget.widget_builder, name="widget_builder"),
    path("widget/", widget.widget, name="widget"),
]
