"""The rules by which tables are read: all rows or none, validated as the admin's forms are."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import Widget

from ..editing import deeds, roles
from ..editing.saving import saving
from ..text.cleaning import cleaned, has_unseen
from ..text.formulas import escaped
from . import cells, headings
from .fields import Chosen
from .results import WHAT_IS_WRONG, ImportResult, RowDiff
from .table_files import TableError, lines_of


def key(column, model, field):
    return Field(column, column, widget=cells.Key(model, field))


class Identifier(Field):
    """What a record is known by for good: a file gives it to a new one, and changes it never."""

    def __init__(self):
        super().__init__("uuid", "uuid", widget=cells.Identifier(), saves_null_values=False)

    def save(self, instance, row, is_m2m=False, **kwargs):
        if instance.pk is None:
            super().save(instance, row, is_m2m, **kwargs)


def changed_on():
    """Return the column of the day of the last change; left blank, the site knows it."""
    return Field("changed_on", "changed_on", widget=cells.Day(), saves_null_values=False)


BLANK = (None, "")
CONSENTS = {
    "erased": gettext_lazy("This would erase values: %(count)d. Say that you agree."),
    "older": gettext_lazy(
        "Rows that are older than what is on the site: %(count)d. Say that you agree."
    ),
}


class ProgrammeResource(ModelResource):
    """A table whose rows are validated as the admin's forms are, and imported all or none."""

    WIDGETS_MAP = ModelResource.WIDGETS_MAP | {
        "BooleanField": cells.Tick,
        "DateField": cells.Day,
        "DecimalField": cells.Number,
        "PositiveIntegerField": cells.WholeNumber,
        "PositiveSmallIntegerField": cells.WholeNumber,
    }

    class Meta:
        clean_model_instances = True
        skip_unchanged = True

    def __init__(self, *, keep_existing=False, on_row=None, agreed=None, **kwargs):
        super().__init__(**kwargs)
        self.keep_existing = keep_existing
        self.on_row = on_row
        self.user = None  # whose rights count, where somebody imports
        self.agreed = agreed  # {what is counted below: how many of it somebody agrees to}
        self.erased = self.older = self.unseen = 0
        self.doubts = []
        self.unread = []
        self.differing = 0
        self.headings = {}  # {column: what the file calls it}

    @classmethod
    def widget_kwargs_for_field(cls, field_name, django_field):
        kwargs = super().widget_kwargs_for_field(field_name, django_field)
        widget = cls.widget_from_django_field(django_field)
        if widget is cells.Choice:
            return {"choices": django_field.flatchoices}
        is_asking = issubclass(widget, cells.Asking)
        return kwargs | ({"field": cells.field_for(django_field)} if is_asking else {})

    @classmethod
    def widget_from_django_field(cls, f, default=Widget):
        if getattr(f, "flatchoices", None) and isinstance(f, models.CharField):
            return cells.Choice
        return super().widget_from_django_field(f, default)

    @classmethod
    def get_result_class(cls):
        return ImportResult

    @classmethod
    def get_diff_class(cls):
        return RowDiff

    def filter_export(self, queryset, **kwargs):
        """Read with the records those that their columns name."""
        columns = self.fields.values()
        named = [column.attribute for column in columns if isinstance(column.widget, cells.Key)]
        chosen = [f"{each.parts}__{each.field}" for each in columns if isinstance(each, Chosen)]
        return queryset.select_related(*named).prefetch_related(*chosen)

    def export_field(self, *args, **kwargs):
        """Write nothing as a blank, and no text that a spreadsheet would run or refuse."""
        value = super().export_field(*args, **kwargs)
        if isinstance(value, str):
            return escaped(cleaned(value))
        return "" if value is None else value

    def import_data(self, dataset, **kwargs):
        """Import all rows or none; what follows a save, follows once for each page."""
        with saving() as batch:
            result = super().import_data(dataset, rollback_on_validation_errors=True, **kwargs)
            if self._is_dry_run(kwargs) or result.has_errors() or result.has_validation_errors():
                batch.forget()  # all has been taken back
            elif file_name := kwargs.get("file_name"):
                batch.user = kwargs.get("user")
                batch.comment = deeds.note(gettext_noop("Imported from %(file)s"), file=file_name)
        return result

    def import_data_inner(self, dataset, *args, **kwargs):
        result = super().import_data_inner(dataset, *args, **kwargs)
        result.table, result.lines = dataset, lines_of(dataset)
        result.erased, result.older, result.doubts = self.erased, self.older, self.doubts
        result.unseen, result.headings = self.unseen, self.headings
        result.unread = self.unread
        for count, message in CONSENTS.items():
            number = getattr(self, count)
            if self.agreed is not None and number > self.agreed.get(count, 0):
                error = TableError(message % {"count": number})
                result.append_base_error(self.get_error_result_class()(error))
        return result

    def get_queryset(self):
        """Return what rows may be about: to an editor, what is another's does not exist."""
        records = super().get_queryset()
        return roles.editable(records, self.user) if self.user else records

    def before_import(self, dataset, *, user=None, **kwargs):
        """Raise TableError where columns are unknown, or rows are about the same record."""
        self.user = user
        for field in self.fields.values():
            if isinstance(field.widget, cells.Key):
                field.widget.user = user
        meta = self._meta
        self.name_columns(dataset)
        for name in meta.import_id_fields:
            if name not in dataset.headers:
                message = _("The column “%(name)s” is missing; it tells the records apart.")
                raise TableError(message % {"name": name})
        seen, self.repeated = {}, {}
        keys = zip(*(dataset[name] for name in meta.import_id_fields), strict=True)
        for number, (line, key) in enumerate(zip(lines_of(dataset), keys, strict=True), 1):
            # Without a key it is a new record, which gets one from its name.
            if any(key) and seen.setdefault(key, line) != line:
                self.repeated[number] = seen[key]

    def name_columns(self, dataset):
        """Call columns by their names, whatever their headings; leave out what told of faults."""
        for heading in set(headings.every_language(WHAT_IS_WRONG)) & set(dataset.headers):
            del dataset[heading]
        columns = headings.known(self)
        names = [columns.get(name) or columns.get(headings.spelt(name)) for name in dataset.headers]
        if unknown := [n for n, name in zip(dataset.headers, names, strict=True) if not name]:
            message = _("There is no column “%(name)s”. There are: %(columns)s.")
            known = ", ".join(self._meta.fields)
            raise TableError(message % {"name": "”, “".join(unknown), "columns": known})
        for name in names:
            if names.count(name) > 1:
                raise TableError(_("The heading “%(name)s” stands twice.") % {"name": name})
        self.headings = dict(zip(names, dataset.headers, strict=True))
        dataset.headers = names

    def import_instance(self, instance, row, row_number=None, **kwargs):
        """Read a row, and tell with its other faults that another is about the same record."""
        faults = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as error:
            faults = error.update_error_dict(faults)
        if first := self.repeated.get(row_number):
            message = _("The same %(columns)s as in line %(first)d.")
            names = (headings.label(self, name) for name in self._meta.import_id_fields)
            values = {"columns": ", ".join(names), "first": first}
            faults[NON_FIELD_ERRORS] = [ValidationError(message % values)]
        if faults:
            raise ValidationError(faults)

    def before_import_row(self, row, **kwargs):
        faults = {}
        for column, value in row.items():
            self.unseen += isinstance(value, str) and has_unseen(value)
            try:
                row[column] = cells.taken(value, self.fields[column].widget)
            except ValueError as error:
                faults[column] = str(error)
        if faults:
            raise ValidationError(faults)

    def after_import_row(self, row, row_result, row_number=None, **kwargs):
        if self.on_row:
            self.on_row(row_number)

    def validate_instance(self, instance, import_validation_errors=None, **kwargs):
        """Compare nothing with other records before it is clear that this one may be written."""
        if self.user and not roles.is_editable(instance, self.user):
            if import_validation_errors:
                raise ValidationError(import_validation_errors)
            instance.clean_fields()
        super().validate_instance(instance, import_validation_errors, **kwargs)

    def before_save_instance(self, instance, row, **kwargs):
        if self.user:
            roles.check(instance, self.user)

    def skip_row(self, instance, original, row, import_validation_errors=None):
        if import_validation_errors:
            return False
        same = super().skip_row(instance, original, row)
        if self.keep_existing and original.pk and not same:
            self.differing += 1
            return True
        if same and original.pk and row.get("changed_on"):
            with saving() as batch:
                batch.dated.add((type(original), original.pk))  # whatever its parts bring
        if not same:
            self.weigh(original, instance)
        return same

    def weigh(self, original, instance):
        """Count what somebody must agree to, and note what is doubtful."""
        if original.pk:
            self.erased += sum(
                field.get_value(original) not in BLANK and field.get_value(instance) in BLANK
                for field in self.get_import_fields()
            )
            before = getattr(original, "changed_on", None)
            self.older += bool(before and instance.changed_on < before)
        if doubt := self.doubt(instance):
            self.doubts.append((instance, doubt))

    def doubt(self, instance):
        """Return what speaks against a value, in the reader’s language; a blank if nothing does."""
        return ""


class IdentifiedResource(ProgrammeResource):
    """A table of records that are known by their identifier first, then by their address.

    A file of the open data is read too. What stands there in one language, or tells only of what
    visitors see, is left as it is.
    """

    uuid = Identifier()
    # Columns of the open data that have another name here, or a blank where none is the same.
    public_names = {"id": "uuid"} | dict.fromkeys(["city", "cities", "practices", "topics"], "")

    def before_import(self, dataset, **kwargs):
        if {"id", "data_licence"} <= set(dataset.headers):
            self.take_public(dataset)
        super().before_import(dataset, **kwargs)

    def take_public(self, dataset):
        """Leave of a file of the open data what this table has too, under the names of here."""
        names = {name: self.public_names.get(name, name) for name in dataset.headers}
        self.unread = [name for name, own in names.items() if own not in self._meta.fields]
        for name in self.unread:
            del dataset[name]
        dataset.headers = [names[name] for name in dataset.headers]

    def get_instance(self, instance_loader, row):
        uuid = self.fields["uuid"].clean(row) if row.get("uuid") else None
        named = self._meta.model.objects.filter(uuid=uuid).first() if uuid else None
        return named or super().get_instance(instance_loader, row)

    def after_save_instance(self, instance, row, **kwargs):
        for parts, (field, records) in getattr(instance, "wanted", {}).items():
            instance.choose(parts, field, records)
