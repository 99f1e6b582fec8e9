"""The programme: countries, their cities, the cities' good practices."""

from .address import FormerAddress, find
from .answer import Answer, OfficeLink
from .city import City, Country
from .contact import Contact
from .draft import Draft, DraftState
from .event import Event, Participant
from .finding import CheckedLink, Finding, Rule
from .indicator import Indicator
from .journey import Journey, Stop
from .loaded import LoadedColumn
from .material import Material, MaterialPractice, MaterialTopic
from .mention import Mention
from .note import Note
from .page import Page, identified, page_kinds
from .practice import Practice, PracticeTopic
from .preview_link import PreviewLink
from .publication import Publication, next_change, publications
from .reminder import Reminder
from .search_index import CityWords, Holding, PracticeWords, Word, keys_holding
from .search_text import SearchText
from .sources import Photo, Source, with_source
from .synonym import Synonym, Unanswered
from .topic import Topic
from .translatable import Freshness
from .trial import TableOnTrial
from .vocabulary import (
    Genre,
    Held,
    Language,
    Occasion,
    Payer,
    Precision,
    Role,
    Size,
    Sort,
    Stage,
    Status,
    Tells,
    Theme,
    Visits,
)

__all__ = [
    "Answer",
    "CheckedLink",
    "City",
    "CityWords",
    "Contact",
    "Country",
    "Draft",
    "DraftState",
    "Event",
    "Finding",
    "FormerAddress",
    "Freshness",
    "Genre",
    "Held",
    "Holding",
    "Indicator",
    "Journey",
    "Language",
    "LoadedColumn",
    "Material",
    "MaterialPractice",
    "MaterialTopic",
    "Mention",
    "Note",
    "Occasion",
    "OfficeLink",
    "Page",
    "Participant",
    "Payer",
    "Photo",
    "Practice",
    "PracticeTopic",
    "PracticeWords",
    "Precision",
    "PreviewLink",
    "Publication",
    "Reminder",
    "Role",
    "Rule",
    "SearchText",
    "Size",
    "Sort",
    "Source",
    "Stage",
    "Status",
    "Stop",
    "Synonym",
    "TableOnTrial",
    "Tells",
    "Theme",
    "Topic",
    "Unanswered",
    "Visits",
    "Word",
    "find",
    "identified",
    "keys_holding",
    "next_change",
    "page_kinds",
    "publications",
    "with_source",
]
