"""The programme: countries, their cities, the cities' good practices."""

from .city import City, Country
from .evidence import Photo, Source
from .practice import Indicator, Practice
from .search import SearchText
from .vocabulary import Role, Size, Stage, Status, Theme

__all__ = [
    "City",
    "Country",
    "Indicator",
    "Photo",
    "Practice",
    "Role",
    "SearchText",
    "Size",
    "Source",
    "Stage",
    "Status",
    "Theme",
]
