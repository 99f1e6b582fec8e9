"""The programme: countries, their cities, the cities' good practices."""

from .address import FormerAddress
from .city import City, Country
from .finding import CheckedLink, Finding, Rule
from .practice import Indicator, Practice
from .publication import next_publication
from .search_text import SearchText
from .sources import Photo, Source
from .translatable import Freshness
from .vocabulary import Role, Size, Stage, Status, Theme

__all__ = [
    "CheckedLink",
    "City",
    "Country",
    "Finding",
    "FormerAddress",
    "Freshness",
    "Indicator",
    "Photo",
    "Practice",
    "Role",
    "Rule",
    "SearchText",
    "Size",
    "Source",
    "Stage",
    "Status",
    "Theme",
    "next_publication",
]
