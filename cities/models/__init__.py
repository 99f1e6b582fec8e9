"""The programme: countries, their cities, the cities' good practices."""

from .address import FormerAddress
from .city import City, Country
from .evidence import Photo, Source
from .practice import Indicator, Practice
from .search import SearchText
from .vocabulary import Role, Size, Stage, Status, Theme

__all__ = [
    "City",
    "Country",
    "FormerAddress",
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
