"""The page on which the office of a city says what is still true; whoever has its link may."""

from django import forms
from django.conf import settings
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from precursors.bounds import is_within

from ..models import Answer, City, OfficeLink
from ..models.answer import LONGEST_ANSWER
from ..text.readings import WholeNumberField
from .items import items_of, pages_of
from .previews import addresses

MOST_SENT = 20  # in an hour, by one link


class AnswerForm(forms.ModelForm):
    """One item: whether it is still true, and what is right instead."""

    class Meta:
        model = Answer
        fields = ["verdict", "text", "year", "source"]
        field_classes = {"year": WholeNumberField}
        widgets = {
            "verdict": forms.RadioSelect,
            "text": forms.Textarea({"rows": 2, "maxlength": LONGEST_ANSWER}),
            "year": forms.TextInput({"inputmode": "numeric"}),
        }

    def __init__(self, item, page_is_true, data, answer):
        super().__init__(data, prefix=item.key, instance=answer, use_required_attribute=False)
        self.item, self.page_is_true = item, page_is_true
        choices = Answer.Verdict.choices if item.is_figure else Answer.Verdict.choices[:2]
        self.fields["verdict"].choices = choices
        self.fields["text"].widget.attrs["lang"] = get_language()
        if not item.said:
            del self.fields["verdict"]
        if not item.is_figure:
            del self.fields["year"], self.fields["source"]

    def clean(self):
        told = super().clean()
        is_written = any(told.get(name) for name in ("text", "year", "source"))
        if not self.item.said:
            kind = Answer.Verdict.FIGURE if self.item.is_figure else Answer.Verdict.WRONG
            self.instance.verdict = kind if is_written else ""
        elif not told.get("verdict") and is_written:
            self.add_error("verdict", _("Choose whether this is still true."))
        elif not told.get("verdict") and self.page_is_true:
            told["verdict"] = Answer.Verdict.TRUE
        return told

    @property
    def told(self):
        """What is said of the item, by column; nothing where that is nothing."""
        verdict = self.instance.verdict
        if verdict in ("", Answer.Verdict.TRUE):
            return {"verdict": verdict} if verdict else {}
        return {name: getattr(self.instance, name) for name in self.Meta.fields}


class Sheet:
    """One page of a city and what is asked about it."""

    def __init__(self, page, data, answers):
        self.page = page
        self.name = f"{page._meta.model_name}-{page.pk}-all"
        self.is_true = bool(data and self.name in data)
        self.forms = [
            AnswerForm(item, self.is_true, data, answers.get(item.key) or Answer())
            for item in items_of(page)
        ]

    @property
    def is_open(self):
        """Whether something of it is answered, or has to be mended."""
        return any(form.errors or form.instance.verdict for form in self.forms)

    def answers(self, city):
        """Return what a city says of the page; all forms are valid."""
        return [
            Answer(
                city=city,
                practice=None if self.page == city else self.page,
                item=form.item.key,
                said=form.item.said,
                language=get_language(),
                **form.told,
            )
            for form in self.forms
            if form.told
        ]


# The token in the address is all the right there is: no cookie is asked for that could be ridden.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def by_office(request, token):
    """Show what the site says of a city, and keep what its office says of that."""
    link = OfficeLink.objects.opened_by(token)
    cities = City.objects.published().prefetch_related("sources")
    city = link and cities.filter(pk=link.city_id).first()
    if city is None:
        response = render(request, "link_ended.html", status=404)
    else:
        context = {
            "city": city,
            "link": link,
            "languages": addresses("office_link", token, get_language()),
            "canonical": f"{settings.SITE_URL}{city.get_absolute_url()}",  # without the token
            "is_unlisted": True,
        }
        response = ask(request, context)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def ask(request, context):
    """Show the form; what is sent takes the place of all that still waits of this city."""
    if request.method != "POST":
        if "sent" in request.GET:
            return render(request, "office/thanks.html", context)
        return render(request, "office/ask.html", context | {"sheets": sheets_of(context["city"])})
    city, link = context["city"], context["link"]
    sheets = sheets_of(city, request.POST)
    is_valid = all(form.is_valid() for sheet in sheets for form in sheet.forms)
    is_too_often = not is_within(MOST_SENT, "answered by", link.pk)
    if is_valid and not is_too_often:
        with transaction.atomic():
            list(OfficeLink.objects.select_for_update().filter(pk=link.pk))  # one after another
            city.answers.all().delete()
            Answer.objects.bulk_create(each for sheet in sheets for each in sheet.answers(city))
        return redirect(f"{request.path}?sent")
    context |= {"sheets": sheets, "is_faulty": not is_valid, "is_too_often": is_too_often}
    return render(request, "office/ask.html", context, status=429 if is_too_often else 200)


def sheets_of(city, data=None):
    waiting = {answer.item: answer for answer in city.answers.all()}
    return [Sheet(page, data, waiting) for page in pages_of(city)]
