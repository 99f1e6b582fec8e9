"""What a city says of its pages: accepted into their drafts, mended first, or declined."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.forms.utils import ErrorDict
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, pgettext_lazy

from ..editing import answers, deeds
from ..models import Answer, Source
from .findings import link_to

LATER, ACCEPT, DECLINE = "later", "accept", "decline"
CHOICES = [
    # Translators: what an editor does with an answer of a city: a verb, as are the next two.
    (ACCEPT, pgettext_lazy("answer", "accept")),
    (DECLINE, pgettext_lazy("answer", "decline")),
    (LATER, pgettext_lazy("answer", "decide later")),
]
OVERTAKEN = gettext_lazy(
    "Some answers are gone meanwhile: the city has sent others, or somebody else has decided on "
    "them. Nothing was done about those."
)


class DecisionForm(forms.Form):
    """What is decided on an answer, and what of it is to stand on the page."""

    def __init__(self, told, request, data):
        super().__init__(data, prefix=told.prefix, use_required_attribute=False)
        self.told = told
        self.fields["decision"] = forms.ChoiceField(
            choices=CHOICES, initial=LATER, widget=forms.RadioSelect
        )
        for column in told.columns:
            self.fields[column] = field_of(told.record, column, request)
            self.initial[column] = getattr(told.record, column)
        self.initial |= told.proposed(self.fields)
        if told.asks_for_source:
            self.fields["source_title"] = field_of(Source(), "title", request, is_required=False)
            self.fields["source_url"] = field_of(Source(), "url", request)

    @property
    def choice(self):
        found = self.data.get(self.add_prefix("decision"), LATER)
        return found if found in (ACCEPT, DECLINE) else LATER

    @property
    def errors(self):
        """What is wrong with that which is accepted; the rest need not be right."""
        return super().errors if self.choice == ACCEPT else ErrorDict()

    def clean(self):
        values, record = super().clean(), self.told.record
        if self.told.columns and not self.errors:
            for column in self.told.columns:
                setattr(record, column, values[column])
            others = {f.name for f in record._meta.fields} - set(self.told.columns)
            try:
                record.full_clean(exclude=others, validate_unique=False)
            except ValidationError as error:
                raise ValidationError(error.messages) from error
        if values.get("source_url") and not values.get("source_title"):
            self.add_error("source_title", _("Give the source a title."))
        return values

    @property
    def source(self):
        """The source that is named for what is accepted, or None."""
        title = self.cleaned_data.get("source_title")
        return Source(title=title, url=self.cleaned_data["source_url"]) if title else None

    def own_fields(self):
        return [field for field in self if field.name != "decision"]


class PageForm(forms.Form):
    """What is decided where a city says of a page that all of it, or some, is still true."""

    def __init__(self, page, data):
        super().__init__(data, prefix=page.prefix)
        noted = [(DECLINE, pgettext_lazy("answer", "noted")), CHOICES[-1]]
        self.fields["decision"] = forms.ChoiceField(
            choices=CHOICES if page.is_whole else noted, initial=LATER, widget=forms.RadioSelect
        )
        self.page = page

    choice = DecisionForm.choice

    @property
    def label(self):
        # Translators: of a page: what a city has said of it, in the history.
        return _("all is still true")


class PageDecisions:
    """What an editor decides on all that a city says of one page."""

    def __init__(self, page, request, data):
        self.page = page
        self.forms = [DecisionForm(each, request, data) for each in page.corrected]
        self.form = PageForm(page, data) if page.confirmed else None
        self.is_drafted = False

    def is_valid(self):
        return all(form.is_valid() for form in self.chosen(ACCEPT))

    def chosen(self, choice):
        return [form for form in self.forms if form.choice == choice]

    def carry_out(self, city, user):
        """Do what was decided; return what was accepted and what was declined, by their labels."""
        accepted, declined = self.chosen(ACCEPT), self.chosen(DECLINE)
        labels = [form.told.label for form in accepted]
        done = [form.told.answer.pk for form in [*accepted, *declined]]
        written = [form for form in accepted if form.told.columns]
        if self.form and self.form.choice != LATER:
            done += [each.answer.pk for each in self.page.confirmed]
            if self.form.choice == ACCEPT and self.page.is_whole:
                self.page.confirm()
                labels.append(self.form.label)
                written.append(self.form)
        if written:
            sources = [form.source for form in accepted if form.source]
            self.page.keep(city, labels, sources, user)
            self.is_drafted = True
        Answer.objects.filter(pk__in=done).delete()
        return labels, [form.told.label for form in declined]


class Deciding(admin.ModelAdmin):
    """Cities whose offices answer: an editor goes through their answers item by item."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.answers_view)
        name = "cities_city_answers"
        return [path("<path:object_id>/answers/", view, name=name), *super().get_urls()]

    @transaction.atomic
    def answers_view(self, request, object_id):
        """Show what a city says beside what the site says, and do what is decided on it."""
        city = self.get_object(request, unquote(object_id))
        if city is None:
            raise Http404
        if not self.has_change_permission(request, city):
            raise PermissionDenied
        data = request.POST if request.method == "POST" else None
        if data is not None:  # nobody else writes their drafts meanwhile
            list(city.practices.select_for_update(of=("self",)))
        pages = [PageDecisions(page, request, data) for page in answers.of_city(city)]
        if data is not None:
            if all(map(PageDecisions.is_valid, pages)):
                self.carry_out(request, city, pages)
                if {name for name in data if name.endswith("-decision")} - names_in(pages):
                    messages.warning(request, OVERTAKEN)
                is_left = city.answers.exists()
                return redirect(request.path if is_left else link_to(city))
            messages.error(request, _("Nothing is decided yet: correct what is marked below."))
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": _("What the city says: %(city)s") % {"city": city},
            "city": city,
            "pages": pages,
        }
        return TemplateResponse(request, "admin/answers.html", context)

    def carry_out(self, request, city, pages):
        for each in pages:
            accepted, declined = each.carry_out(city, request.user)
            for told, labels in (
                (gettext_noop("The city’s answer accepted: %(items)s"), accepted),
                (gettext_noop("The city’s answer declined: %(items)s"), declined),
            ):
                if labels:
                    deed, page = deeds.note(told, items=", ".join(labels)), each.page.page
                    self.log_change(request, page, deed)
                    messages.success(request, f"{page}: {deeds.told(deed)}")
        if drafted := [each.page.page for each in pages if each.is_drafted]:
            links = format_html_join(
                ", ", '<a href="{}">{}</a>', [(link_to(page), page) for page in drafted]
            )
            told = _("What you accepted stands in drafts. Publish them in their forms: {}")
            messages.success(request, format_html(told, links))

    def render_change_form(self, request, context, *args, **kwargs):
        if city := context.get("original"):
            context["answer_count"] = city.answers.count()
        return super().render_change_form(request, context, *args, **kwargs)


def names_in(pages):
    """Return the names under which decisions on these pages are sent."""
    every = [form for page in pages for form in [*page.forms, page.form] if form]
    return {form.add_prefix("decision") for form in every}


class AnswersWaiting(admin.SimpleListFilter):
    # Translators: a filter of the list of cities: what their offices have answered.
    title = gettext_lazy("answers")
    parameter_name = "answers"

    def lookups(self, request, model_admin):
        # Translators: said of answers on which nobody has decided yet.
        return [("waiting", _("waiting"))]

    def queryset(self, request, cities):
        if self.value() == "waiting":
            return cities.filter(pk__in=Answer.objects.values("city"))
        return cities


def field_of(record, column, request, *, is_required=True):
    """Return the field of a column as the form of its page has it."""
    kind = type(record)
    field = admin.site.get_model_admin(kind).formfield_for_dbfield(
        kind._meta.get_field(column), request
    )
    if isinstance(field, forms.URLField):  # the admin's own would show what is proposed as current
        field.widget = forms.URLInput({"class": "vURLField"})
    field.required &= is_required
    return field
