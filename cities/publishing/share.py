"""The pictures that social networks show of a page: 1200 by 630 pixels, drawn from the base map."""

import logging
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import caches
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.templatetags.static import static
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw, ImageFont

from ..finder.filters import Filters
from ..mapping import glyph
from ..mapping.borders import shapes
from ..mapping.displacement import displace
from ..mapping.map import LEAST, MOST_PINS, frame_of
from ..mapping.palette import colours
from ..mapping.projection import Frame, project
from ..models import City, Country, Event, Journey, Practice, Theme, Topic, find

logger = logging.getLogger(__name__)

SIZE = 1200, 630
FINER = 2  # drawn at twice the size, then reduced
PANEL, MARGIN = 540, 56  # the words stand on the left, the map on the right
MAP = SIZE[0] - PANEL, SIZE[1]
COLOURS = 64  # a third of the bytes, and nobody sees it
FONT = "fonts/newsreader.woff2"
COLUMN = PANEL - 2 * MARGIN
TITLE_SIZES = 72, 60, 52, 44, 38, 32, 28
TITLE_ROOM = 290
LEAST_SIZE = 18
EUROPE = project(36, -10), project(66, 30)  # shown where no city is

PAGES = {
    "home": gettext_lazy("Cities that plan everything at once"),
    "cities": gettext_lazy("Cities"),
    "practices": gettext_lazy("Good practices"),
    "topics": gettext_lazy("Topics"),
    "journeys": gettext_lazy("Journeys"),
    "events": gettext_lazy("Events"),
    "library": gettext_lazy("Library"),
    "about": gettext_lazy("About the programme"),
}


@dataclass(frozen=True)
class Card:
    """What a picture shows."""

    title: str
    above: str  # a line of small words over the title
    below: str
    frame: Frame
    countries: tuple  # codes
    markers: tuple  # of (latitude, longitude, letters of its glyph); “” is a ring
    is_route: bool = False  # through the markers, in their order


@require_safe
def share_image(request, kind, slug):
    """Serve the picture of a page; where it cannot be drawn, the site's icon stands in."""
    if kind not in CARDS:
        raise Http404(kind)
    card = CARDS[kind](slug)
    known = (card, colours(), get_language(), settings.SITE_URL)
    key = sha256(repr(known).encode()).hexdigest()
    try:
        image = caches["share images"].get(key)
        if image is None:
            image = draw(card)
            caches["share images"].set(key, image)
    except Exception:  # a page is shared without its picture rather than with an error
        logger.exception("The picture of %s %s cannot be drawn.", kind, slug)
        return redirect(static("img/apple-touch-icon.png"))
    response = HttpResponse(image, content_type="image/png")
    patch_cache_control(response, public=True, max_age=3600)
    response.headers["ETag"] = f'"{key}"'
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return get_conditional_response(request, etag=response.headers["ETag"], response=response)


def _page(slug):
    if slug not in PAGES:
        raise Http404(slug)
    return _of_cities(City.objects.published(), PAGES[slug])


def _theme(slug):
    if slug != "integrated" and slug not in Theme:
        raise Http404(slug)
    themes = Theme.values if slug == "integrated" else [slug]
    name = gettext("Integrated planning") if slug == "integrated" else Theme(slug).label
    letters = "".join(theme[0] for theme in themes)
    cities = Filters(themes=tuple(themes)).cities()
    return _of_cities(cities, name[0].upper() + name[1:], gettext("Good practices"), letters)


def _topic(slug):
    topic = _found(Topic.objects.published(), slug)
    practices = Practice.objects.published().about([topic.slug])
    cities = City.objects.published().filter(pk__in=practices.values("city"))
    return _of_cities(cities, topic.name, topic.get_theme_display(), topic.theme[0])


def _journey(slug):
    journey = _found(Journey.objects.published().with_stops(), slug)
    stops = journey.route
    places = [(float(stop.place.latitude), float(stop.place.longitude)) for stop in stops]
    points = [project(*place) for place in places] or EUROPE
    frame = Frame.around(points, margin=0.2, aspect=MAP[0] / MAP[1], least=LEAST)
    countries = tuple(sorted({country.code for country in journey.countries}))
    below = " · ".join(country.name for country in journey.countries)
    markers = tuple((*place, "") for place in places)
    return Card(journey.title, gettext("journey"), below, frame, countries, markers, is_route=True)


def _event(slug):
    event = _found(Event.objects.published().select_related("country"), slug)
    above = " · ".join(filter(None, [event.get_kind_display(), event.when]))
    letters = "".join(theme[0] for theme in event.themes)
    if event.city_id:
        city = City.objects.select_related("country").get(pk=event.city_id)
        return _of_place(city, event.title, above, city.name, letters)
    only = event.country and event.country.code
    cities = City.objects.published()
    return _of_cities(cities.in_country(only) if only else cities, event.title, above, only=only)


def _country(slug):
    country = get_object_or_404(Country, code=slug)
    cities = City.objects.published().in_country(country.code)
    return _of_cities(cities, country.name, gettext("Cities"), only=country.code)


def _of_cities(cities, title, above="", letters=None, only=None):
    """Return the card of many cities, on the map of Europe or of one country."""
    countries = Country.objects.with_cities().with_extents()
    if only:
        countries = countries.filter(code=only)
    markers = tuple(
        (float(city.latitude), float(city.longitude), letters or _letters(city))
        for city in cities.for_cards().order_by("pk")[: MOST_PINS + 1]
    )
    if len(markers) > MOST_PINS:
        markers = ()
    shape = {"margin": 0.15, "aspect": MAP[0] / MAP[1]}
    frame = frame_of(countries, **shape) if countries else Frame.around(EUROPE, **shape)
    codes = tuple(sorted(country.code for country in countries))
    return Card(str(title), above, "", frame, codes, markers)


def _found(records, slug):
    """Return a record under the slug that it has or had."""
    record = find(records, slug)
    if record is None:
        raise Http404(slug)
    return record


def _city(slug):
    city = _found(City.objects.published().for_cards(), slug)
    return _of_place(city, city.name, city.get_role_display(), city.country.name, _letters(city))


def _practice(slug):
    practice = _found(Practice.objects.published().for_cards(), slug)
    city = practice.city
    above = f"{gettext('good practice')} · {city.name}"
    letters = "".join(theme[0] for theme in practice.themes)
    themes = " · ".join(str(theme.label) for theme in practice.themes)
    return _of_place(city, practice.title, above, themes, letters)


def _of_place(city, title, above, below, letters):
    place = float(city.latitude), float(city.longitude)
    frame = Frame.around([project(*place)], least=LEAST, aspect=MAP[0] / MAP[1])
    return Card(title, above, below, frame, (city.country.code,), ((*place, letters),))


def _letters(city):
    return city.glyph if city.is_precursor else ""


CARDS = {
    "page": _page,
    "theme": _theme,
    "topic": _topic,
    "journey": _journey,
    "event": _event,
    "country": _country,
    "city": _city,
    "practice": _practice,
}


def draw(card):
    """Return the picture of a card as the bytes of a PNG."""
    image = Image.new("RGB", (SIZE[0] * FINER, SIZE[1] * FINER), colours()["paper"])
    image.paste(draw_map(card), (PANEL * FINER, 0))
    canvas = ImageDraw.Draw(image)
    canvas.line([(PANEL * FINER, 0), (PANEL * FINER, SIZE[1] * FINER)], colours()["rule"], FINER)
    draw_words(canvas, card)
    file = BytesIO()
    image.reduce(FINER).quantize(COLOURS, Image.Quantize.FASTOCTREE).save(file, "PNG")
    return file.getvalue()


def draw_map(card):
    paint, frame = colours(), card.frame
    image = Image.new("RGB", (MAP[0] * FINER, MAP[1] * FINER), paint["sea"])
    canvas = ImageDraw.Draw(image)
    scale = image.width / frame.width

    def on_canvas(points):
        return [((x - frame.x) * scale, (y - frame.y) * scale) for x, y in points]

    programme = {code.upper() for code in card.countries}
    for name, rings in shapes().items():
        for ring in (on_canvas(ring) for ring in rings if not frame.misses(ring)):
            if name == "rivers":
                canvas.line(ring, paint["sea"], 2 * FINER)
            elif name == "lakes":
                canvas.polygon(ring, paint["sea"])
            else:
                land = paint["programme-land" if name in programme else "land"]
                canvas.polygon(ring, land, outline=paint["border"], width=FINER)
    size = (64 if len(card.markers) == 1 else 30) * FINER
    true = on_canvas(project(latitude, longitude) for latitude, longitude, _ in card.markers)
    places = displace(tuple(true), size * 0.7)
    if card.is_route:
        canvas.line(places, paint["ink"], 3 * FINER)
    for (x, y), (*_, letters) in zip(places, card.markers, strict=True):
        if letters:
            glyph.draw(canvas, x - size / 2, y - size / 2, size, letters)
        else:
            canvas.circle((x, y), size / 5, paint["paper"], paint["ink"], size // 15)
    return image


def draw_words(canvas, card):
    paint, left = colours(), MARGIN * FINER
    glyph.draw(canvas, left, (MARGIN - 14) * FINER, 60 * FINER, "ems")
    beside = COLUMN - 76
    name, size = in_line(gettext("Precursor Cities"), 34, beside)
    canvas.text((left + 76 * FINER, MARGIN * FINER), name, paint["ink"], font(size))
    site, size = in_line(urlsplit(settings.SITE_URL).netloc, 26)
    canvas.text((left, (SIZE[1] - MARGIN - 28) * FINER), site, paint["muted"], font(size))
    lines, size = broken(card.title)
    line = round(size * 1.12)
    top = (SIZE[1] - line * len(lines)) // 2 + 10
    for words, y in ((card.above, top - 44), (card.below, top + line * len(lines) + 14)):
        words, small = in_line(words, 28)
        canvas.text((left, y * FINER), words, paint["muted"], font(small))
    for number, words in enumerate(lines):
        canvas.text((left, (top + number * line) * FINER), words, paint["ink"], font(size))


@cache
def font(size):
    return ImageFont.truetype(finders.find(FONT), size * FINER)


def has_room(words, size, room=COLUMN):
    return font(size).getlength(words) <= room * FINER


def in_line(words, size, room=COLUMN):
    """Return (words, size) that keep within one line: smaller, and at last cut off."""
    while size > LEAST_SIZE and not has_room(words, size, room):
        size -= 2
    if not has_room(words, size, room):
        while words and not has_room(f"{words}…", size, room):
            words = words[:-1]
        words = f"{words.rstrip(' ·')}…"
    return words, size


def broken(title):
    """Return (lines, size) of a title, in the largest size that has room for all of it.

    Only what is too long for a line in the smallest is broken anywhere.
    """
    words = re.sub(r"(?<!\S)(\w) ", "\\1\u00a0", title).split(" ")  # no „i” ends a line
    for size in TITLE_SIZES:
        lines = []
        for word in words:
            # Only a word that is too long for a line ends one at its hyphen.
            first, *others = [word] if has_room(word, size) else re.split("(?<=-)", word)
            longer = f"{lines[-1]} {first}" if lines else first
            if lines and has_room(longer, size):
                lines[-1] = longer
            else:
                lines.append(first)
            lines += others
        if all(has_room(line, size) for line in lines) and len(lines) * size * 1.12 <= TITLE_ROOM:
            return lines, size
    return [part for line in lines for part in pieces(line, size)], size


def pieces(line, size):
    """Yield the pieces of a line, of which each keeps within the column."""
    while line:
        end = len(line)
        while end > 1 and not has_room(line[:end], size):
            end -= 1
        yield line[:end]
        line = line[end:]
