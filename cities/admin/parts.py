"""Figures, sources, pages elsewhere and photos, within the form of a page and as lists."""

import json

from django import forms
from django.contrib import admin
from django.contrib.admin import EmptyFieldListFilter
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.forms import Script
from django.forms.models import BaseInlineFormSet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from pictures.models import PictureField

from ..editing import history, roles
from ..editing.pictures import PhotoUpload
from ..importing.resources import (
    IndicatorResource,
    MentionResource,
    PhotoResource,
    SourceResource,
)
from ..models import Indicator, Mention, Photo, Source, Status
from ..text.measures import Measure
from .concurrency import OptimisticLockAdmin
from .editing import Multilingual, both
from .imports import TableAdmin
from .lists import yes_or_no
from .translations import TranslatablePart


class KnownPart(forms.ModelChoiceField):
    """The part that a form of a formset is about: one of those that the formset has read."""

    def __init__(self, formset, **kwargs):
        super().__init__(formset.queryset, **kwargs)
        self.parts = {str(part.pk): part for part in formset.queryset}

    def to_python(self, value):
        if value and str(value) not in self.parts:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return self.parts.get(str(value))


class PartForm(forms.ModelForm):
    def has_changed(self):
        """Tell whether there is more to save than the place of a part that nobody has filled in."""
        is_placed = self.instance._state.adding and self.changed_data == ["position"]
        return super().has_changed() and not is_placed

    def _post_clean(self):
        if self.has_changed() or not self.instance.pk:
            super()._post_clean()  # what is stored and unchanged needs no check of a query each


class PartFormSet(BaseInlineFormSet):
    """Parts of a page that are read at once, not one by one."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        name = self.model._meta.pk.name
        known = form.fields[name]
        form.fields[name] = KnownPart(
            self, initial=known.initial, required=False, widget=known.widget
        )
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = form.fields["DELETE"].label


class OrderedInline(InlineModelAdmin):
    """Parts in an order that is set by arrows, by dragging or by their numbers."""

    form = PartForm
    formset = PartFormSet
    extra = 0

    class Media:
        js = [Script("js/part-order.js", type="module")]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "position":
            field.widget.attrs |= {"data-up": _("Move up"), "data-down": _("Move down")}
        return field


class Rows(admin.TabularInline):
    """Parts one a row, whose controls are named by the heading of their column."""

    form = PartForm
    formset = PartFormSet
    extra = 0

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        field.widget.attrs["aria-label"] = field.label
        return field


class ChoiceInline(Rows):
    """Other records that a page names, one a row."""

    extra = 1

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, validate_max=True, **kwargs)


class IndicatorFormSet(PartFormSet):
    """Figures of which one at most stands on the card, and which can hand that place over."""

    def on_card(self):
        return [
            form
            for form in self.forms
            if form.cleaned_data.get("headline") and form not in self.deleted_forms
        ]

    def clean(self):
        super().clean()
        if not any(self.errors) and len(self.on_card()) > 1:
            raise ValidationError(_("Only one figure can stand on the practice’s card."))

    def save(self, commit=True):
        if commit and any("headline" in form.changed_data for form in self.forms):
            # The old one first: the database allows no two, not even for a moment.
            kept = [form.instance.pk for form in self.on_card()]
            self.instance.indicators.exclude(pk__in=kept).update(headline=False)
        return super().save(commit)


class IndicatorForm(Multilingual):
    """A figure; what it measures tells which units fit."""

    fields = [
        "measure",
        both("label"),
        ("qualifier", "value", "value_to", "unit"),
        both("counted"),
        ("about", "evidence", "year", "position"),
        "headline",
    ]

    class Media:
        js = [Script("js/measure-units.js", type="module")]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "measure":
            units = {measure: measure.units for measure in Measure}
            field.widget.attrs["data-units"] = json.dumps(units)
        return field


class IndicatorInline(TranslatablePart, IndicatorForm, OrderedInline, admin.StackedInline):
    model = Indicator
    formset = IndicatorFormSet


class SourceInline(Multilingual, OrderedInline, Rows):
    model = Source
    fields = ["position", "title", "language", "url", "accessed_on", "archived_url"]


class MentionInline(Multilingual, OrderedInline, Rows):
    model = Mention
    fields = ["position", "title", "url", "collection", "language"]


class PhotoForm(Multilingual):
    """A photo as it is uploaded, shown and described."""

    fields = ["shown", "image", both("alt"), "decorative", ("credit", "licence"), "position"]
    readonly_fields = ["shown"]
    formfield_overrides = Multilingual.formfield_overrides | {
        PictureField: {"form_class": PhotoUpload, "widget": AdminFileWidget}
    }

    # Translators: a photo as the site shows it, cut and without its place.
    @admin.display(description=_("as stored"))
    def shown(self, photo):
        image = '<img src="{}" alt="" class="photo" loading="lazy">'
        return format_html(image, photo.image.url) if photo.image else ""


class PhotoInline(PhotoForm, OrderedInline, admin.StackedInline):
    model = Photo

    class Media:
        js = [Script("js/photos.js", type="module")]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "image":
            # Translators: names where one chooses files, each of which becomes a photo of the page.
            field.widget.attrs["data-several"] = _("Add several photos at once")
        return field


class PartAdmin(OptimisticLockAdmin):
    """Parts by themselves: those of a published page are changed by who may publish it.

    Others change them in the form of the page, which makes a draft.
    """

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.may_write(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.may_write(request, obj)

    def may_write(self, request, part):
        return part is None or roles.writes_at_once(request.user, history.page_of(part))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if not roles.may_publish(request.user):
            field.queryset = field.queryset.exclude(status=Status.PUBLISHED)
        return field


@admin.register(Indicator)
class IndicatorAdmin(TableAdmin, IndicatorForm, PartAdmin):
    resource_classes = [IndicatorResource]
    list_display = [
        "label",
        "figure",
        "measure",
        "practice",
        "about",
        "evidence",
        "year",
        yes_or_no(Indicator, "headline"),
    ]
    list_filter = ["measure", "about", "evidence", "headline", "unit"]
    list_select_related = ["practice"]
    search_fields = [*both("label"), *(f"practice__{column}" for column in both("title"))]
    autocomplete_fields = ["practice"]
    fields = ["practice", *IndicatorForm.fields]

    # Translators: a column: number and unit, such as “412 MWh a year”.
    @admin.display(description=_("figure"))
    def figure(self, indicator):
        return indicator.figure


@admin.register(Source)
class SourceAdmin(TableAdmin, Multilingual, PartAdmin):
    resource_classes = [SourceResource]
    list_display = ["title", "city", "practice", "accessed_on"]
    list_filter = [("url", EmptyFieldListFilter), ("accessed_on", EmptyFieldListFilter)]
    list_select_related = ["city", "practice"]
    search_fields = ["title", "url"]
    autocomplete_fields = ["city", "practice"]
    fields = [
        "city",
        "practice",
        "title",
        "language",
        "url",
        "accessed_on",
        "archived_url",
        "position",
    ]


@admin.register(Mention)
class MentionAdmin(TableAdmin, Multilingual, PartAdmin):
    resource_classes = [MentionResource]
    list_display = ["title", "city", "collection", "language"]
    list_filter = ["language"]
    list_select_related = ["city"]
    search_fields = ["title", "url", "collection"]
    autocomplete_fields = ["city"]
    fields = ["city", *MentionInline.fields]


@admin.register(Photo)
class PhotoAdmin(TableAdmin, PhotoForm, PartAdmin):
    resource_classes = [PhotoResource]
    list_display = [
        "__str__",
        "city",
        "practice",
        yes_or_no(Photo, "decorative"),
        "credit",
        "licence",
    ]
    list_filter = ["decorative", "licence"]
    list_select_related = ["city", "practice"]
    search_fields = [*both("alt"), "credit"]
    autocomplete_fields = ["city", "practice"]
    fields = [("city", "practice"), *PhotoForm.fields]
