"""Every kind of page: its name and arguments, its path and first heading in both languages."""

# Name of the address, its arguments; path and first heading in Polish, in English.
PAGES = [
    (
        "home",
        {},
        ("/pl/", "Miasta, które planują wszystko naraz"),
        ("/en/", "Cities that plan everything at once"),
    ),
    ("cities", {}, ("/pl/miasta/", "Miasta"), ("/en/cities/", "Cities")),
    (
        "city",
        {"slug": "wzorowo"},
        ("/pl/miasta/wzorowo/", "Wzorowo"),
        ("/en/cities/wzorowo/", "Musterton"),
    ),
    ("country", {"code": "pl"}, ("/pl/kraje/pl/", "Polska"), ("/en/countries/pl/", "Poland")),
    (
        "practices",
        {},
        ("/pl/dobre-praktyki/", "Dobre praktyki"),
        ("/en/good-practices/", "Good practices"),
    ),
    (
        "practice",
        {"slug": "wzorczyn"},
        ("/pl/dobre-praktyki/wzorczyn/", "Wzorczyn"),
        ("/en/good-practices/wzorczyn/", "Musterdeed"),
    ),
    (
        "theme",
        {"theme": "energy"},
        ("/pl/tematy/energia/", "Energia"),
        ("/en/themes/energy/", "Energy"),
    ),
    (
        "theme",
        {"theme": "mobility"},
        ("/pl/tematy/mobilnosc/", "Mobilność"),
        ("/en/themes/mobility/", "Mobility"),
    ),
    (
        "theme",
        {"theme": "spatial"},
        ("/pl/tematy/przestrzen/", "Planowanie przestrzenne"),
        ("/en/themes/spatial/", "Spatial planning"),
    ),
    (
        "theme",
        {"theme": "integrated"},
        ("/pl/tematy/zintegrowane/", "Zintegrowane planowanie"),
        ("/en/themes/integrated/", "Integrated planning"),
    ),
    ("topics", {}, ("/pl/zagadnienia/", "Zagadnienia"), ("/en/topics/", "Topics")),
    (
        "topic",
        {"slug": "wzory"},
        ("/pl/zagadnienia/wzory/", "Wzory"),
        ("/en/topics/wzory/", "Patterns"),
    ),
    (
        "measures",
        {},
        ("/pl/wskazniki/", "Wskaźniki kilku miast"),
        ("/en/figures/", "Figures of several towns"),
    ),
    ("journeys", {}, ("/pl/podroze/", "Podróże"), ("/en/journeys/", "Journeys")),
    (
        "journey",
        {"slug": "droga"},
        ("/pl/podroze/droga/", "Droga"),
        ("/en/journeys/droga/", "The way"),
    ),
    ("events", {}, ("/pl/wydarzenia/", "Wydarzenia"), ("/en/events/", "Events")),
    (
        "event",
        {"slug": "narada"},
        ("/pl/wydarzenia/narada/", "Narada"),
        ("/en/events/narada/", "The meeting"),
    ),
    ("library", {}, ("/pl/biblioteka/", "Biblioteka"), ("/en/library/", "Library")),
    ("about", {}, ("/pl/o-programie/", "O programie"), ("/en/about/", "About the programme")),
    (
        "accessibility",
        {},
        ("/pl/dostepnosc/", "Deklaracja dostępności"),
        ("/en/accessibility/", "Accessibility statement"),
    ),
    ("data", {}, ("/pl/dane/", "Otwarte dane"), ("/en/data/", "Open data")),
    (
        "widget_builder",
        {},
        ("/pl/dane/widzet/", "Widżet na Twoją stronę"),
        ("/en/data/widget/", "For your site"),
    ),
    ("privacy", {}, ("/pl/prywatnosc/", "Prywatność"), ("/en/privacy/", "Privacy")),
]


PATHS = {"pl": [page[2][0] for page in PAGES], "en": [page[3][0] for page in PAGES]}
