"""Content as tables: the same columns in cities/data/, in imports and in exports."""

from decimal import InvalidOperation

from django.forms import DecimalField
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import CachedForeignKeyWidget, DecimalWidget

from .models import City, Country, Indicator, Practice, Source
from .translation import columns

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the start of one


class KeyWidget(CachedForeignKeyWidget):
    """A record named by its key; a wrong one is told as such, in the row and column."""

    def clean(self, value, row=None, **kwargs):
        try:
            return super().clean(value, row, **kwargs)
        except self.model.DoesNotExist as error:
            kind = self.model._meta.verbose_name
            raise ValueError(
                _("There is no %(kind)s “%(key)s”.") % {"kind": kind, "key": value}
            ) from error


def key(column, model, field):
    return Field(column, column, widget=KeyWidget(model, field))


def decimal(column):
    """Return a column of numbers with a point, whatever the language of who exports them."""
    return Field(column, column, widget=DecimalWidget(coerce_to_string=False))


class ProgrammeResource(ModelResource):
    """A table whose rows are validated as the admin's forms are."""

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        use_transactions = True

    def __init__(self, *, keep_existing=False, **kwargs):
        super().__init__(**kwargs)
        self.keep_existing = keep_existing
        self.differing = 0

    def export_field(self, *args, **kwargs):
        """Write nothing as a blank, and text that a spreadsheet would run behind an apostrophe."""
        value = super().export_field(*args, **kwargs)
        if isinstance(value, str) and value.startswith(FORMULA):
            return f"'{value}"
        return "" if value is None else value

    def before_import_row(self, row, **kwargs):
        for column, value in row.items():
            if value is None:
                row[column] = ""
            elif isinstance(value, str) and value[:1] == "'" and value[1:].startswith(FORMULA):
                row[column] = value[1:]

    def import_field(self, *args, **kwargs):
        try:
            super().import_field(*args, **kwargs)
        except InvalidOperation as error:  # “51,7”; told with its column as a ValueError is
            raise ValueError(DecimalField.default_error_messages["invalid"]) from error

    def skip_row(self, instance, original, row, import_validation_errors=None):
        same = super().skip_row(instance, original, row, import_validation_errors)
        if self.keep_existing and original.pk and not same:
            self.differing += 1
            return True
        return same


class CountryResource(ProgrammeResource):
    class Meta(ProgrammeResource.Meta):
        model = Country
        import_id_fields = ["code"]
        fields = [
            "code",
            *columns("name"),
            "partner",
            "partner_url",
            *columns("text"),
        ]


class CityResource(ProgrammeResource):
    country = key("country", Country, "code")
    latitude = decimal("latitude")
    longitude = decimal("longitude")

    class Meta(ProgrammeResource.Meta):
        model = City
        import_id_fields = ["slug"]
        fields = [
            "slug",
            "country",
            *columns("name"),
            "local_name",
            "role",
            *columns("role_note"),
            "latitude",
            "longitude",
            *columns("region"),
            "population",
            "population_year",
            "population_source",
            "website",
            *columns("summary"),
            *columns("profile"),
            "status",
        ]


class PracticeResource(ProgrammeResource):
    city = key("city", City, "slug")

    class Meta(ProgrammeResource.Meta):
        model = Practice
        import_id_fields = ["slug"]
        fields = [
            "slug",
            "city",
            *columns("title"),
            "energy",
            "mobility",
            "spatial",
            "first_year",
            "last_year",
            "stage",
            *columns("summary"),
            *columns("description"),
            *columns("lessons"),
            "status",
        ]


class IndicatorResource(ProgrammeResource):
    practice = key("practice", Practice, "slug")
    value = decimal("value")
    value_to = decimal("value_to")

    class Meta(ProgrammeResource.Meta):
        model = Indicator
        import_id_fields = ["practice", "label_pl"]
        fields = [
            "practice",
            "position",
            *columns("label"),
            "value",
            "value_to",
            "qualifier",
            "unit",
            *columns("counted"),
            "about",
            "evidence",
            "year",
            "headline",
        ]


class SourceResource(ProgrammeResource):
    city = key("city", City, "slug")
    practice = key("practice", Practice, "slug")

    class Meta(ProgrammeResource.Meta):
        model = Source
        import_id_fields = ["city", "practice", "title", "url"]
        fields = ["city", "practice", "position", "title", "url", "accessed_on"]


# In the order in which they lean on each other; the names are those of the files.
RESOURCES = {
    "countries": CountryResource,
    "cities": CityResource,
    "practices": PracticeResource,
    "indicators": IndicatorResource,
    "sources": SourceResource,
}
