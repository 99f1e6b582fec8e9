"""Forms for people: every language side by side, rich text, a link to the page."""

from csp.constants import NONCE
from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.db import models
from django.forms import Script
from django.utils.translation import gettext_lazy as _
from js_asset import Media
from translated_fields import to_attribute

from ..editing import roles
from ..models import FormerAddress
from ..text.readings import Asking, DayField, NumberField, WholeNumberField
from ..text.translation import columns, language_of
from .concurrency import OptimisticLockAdmin
from .findings import Checked
from .texts import RichTexts

# Tiptap, the editor inside django-prose-editor, adds this one style; a browser test tells when
# another version of it needs another hash.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


SUMMARY_LENGTH = 220  # letters, as cards and search results show them

HELP = {
    "summary": _("One or two sentences. Visitors read them on cards and in search results."),
    "role_note": _("Say where you know from what part the city took in the programme."),
    "local_name": _("Fill in when it differs from the names above: Warszawa, Köln…"),
    "region": _("The voivodeship, land or county in which the city lies."),
    "population_source": _("Say whose number it is: GUS, GeoNames…"),
    "profile": _("Tell in a few paragraphs what the city did and why; begin with what matters."),
    "description": _("Tell what was done, by whom and with what money."),
    "lessons": _("Say what another town should know before it does the same."),
    "stage": _("Choose how far it has got today."),
    "status": _(
        "Leave a draft until it can be read, then choose “in review”; a publisher puts it on the "
        "site."
    ),
}


def both(name):
    """Return the columns of a translated field in every language, for one row of a form."""
    return tuple(columns(name))


# A browser's own input for numbers makes 15 of 1,5 where its language is another.
NUMBER_INPUT = forms.TextInput({"inputmode": "decimal", "class": "vNumberField"})


class Multilingual:
    """Labels that tell the language, and fields that tell it to spelling checkers."""

    formfield_overrides = {
        models.DecimalField: {"form_class": NumberField, "widget": NUMBER_INPUT},
        models.IntegerField: {"form_class": WholeNumberField, "widget": NUMBER_INPUT},
        models.DateField: {"form_class": DayField},
        models.URLField: {"assume_scheme": "https"},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, Asking):
            field.column_validators = db_field.validators
        name = db_field.name
        if language := language_of(name):
            name = name.removesuffix(f"_{language}")
            field.label = f"{field.label} [{language}]"
            field.widget.attrs["lang"] = language
        if isinstance(field.widget, AdminSplitDateTime):  # Django labels neither of its inputs
            # Translators: the first of the two boxes of a moment.
            day = _("date")
            # Translators: the second of the two boxes of a moment: the time of day.
            for part, of_part in zip(field.widget.widgets, [day, _("time")], strict=True):
                part.attrs["aria-label"] = f"{field.label}: {of_part}"
        if name == "summary":
            field.widget.attrs["data-most"] = SUMMARY_LENGTH
        field.help_text = field.help_text or HELP.get(name, "")
        return field


class FormerAddressInline(admin.TabularInline):
    """Where a record was before; who wants the address for another one deletes it here."""

    model = FormerAddress
    fields = readonly_fields = ["slug"]
    max_num = 0

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and roles.may_publish(request.user, obj)


class EditingAdmin(Checked, RichTexts, Multilingual, OptimisticLockAdmin):
    """What countries, cities and practices share: rich text, and a page on the site."""

    class Media:
        js = [Script("js/letter-count.js", type="module")]

    def get_ordering(self, request):
        return [to_attribute("sort"), "pk"]

    def get_inlines(self, request, obj):
        inlines = super().get_inlines(request, obj)
        has_moved = hasattr(obj, "former_addresses") and obj.former_addresses.exists()
        return [*inlines, FormerAddressInline] if has_moved else inlines

    def render_change_form(self, request, context, *args, **kwargs):
        """Let the rich text editor work under the site's strict policy."""
        context["media"] = Media.from_media(context["media"]).with_nonce(str(request.csp_nonce))
        response = super().render_change_form(request, context, *args, **kwargs)
        response._csp_update = {"script-src": [NONCE], "style-src": [EDITOR_STYLE]}
        return response

    def is_on_site(self, record):
        return type(record).objects.published().filter(pk=record.pk).exists()

    def get_view_on_site_url(self, obj=None):
        return super().get_view_on_site_url(obj) if obj and self.is_on_site(obj) else None


# Translators: heads the day on which a city said that its page is true.
CONFIRMED = (_("What the city says"), {"fields": ["confirmed_on"]})
PUBLICATION = (
    # Translators: heads the fields that say when a page is public.
    _("Publication"),
    {"fields": [("status", "review_by"), ("publish_at", "unpublish_at"), "slug"]},
)
