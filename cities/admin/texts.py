"""Long texts in the admin: what is pasted comes clean, and links lead where they should."""

import json
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.http import Http404, JsonResponse
from django.test import RequestFactory
from django.urls import path, resolve, reverse
from django.utils.translation import get_language_from_path, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..text.addresses import link_address
from ..text.rich_text import RichTextField, clean
from ..text.translation import language_of

# By the names that the editor gives its buttons.
TOOLS = {
    # Translators: a button above a long text.
    "paragraph": gettext_lazy("Paragraph"),
    # Translators: a button above a long text.
    "heading3": gettext_lazy("Heading"),
    "heading4": gettext_lazy("Smaller heading"),
    # Translators: a button above a long text.
    "bulletList": gettext_lazy("List"),
    "orderedList": gettext_lazy("Numbered list"),
    # Translators: a button above a long text.
    "bold": gettext_lazy("Bold"),
    # Translators: a button above a long text.
    "italic": gettext_lazy("Italic"),
    # Translators: a button above a long text.
    "link": gettext_lazy("Link"),
    "unlink": gettext_lazy("Remove the link"),
    # Translators: a button above a long text.
    "history:undo": gettext_lazy("Undo"),
    # Translators: a button above a long text.
    "history:redo": gettext_lazy("Redo"),
}
DIALOG = {
    # Translators: labels the box in which one says where a link leads.
    "address": gettext_lazy("An address, or words by which to find a page of this site"),
    # Translators: names a list of pages of this site to which a link may lead.
    "pages": gettext_lazy("Pages of this site"),
    "nothing": gettext_lazy("No page of this site has these words in its name."),
    # Translators: a button: set the link to this address.
    "set": gettext_lazy("Set the link"),
    "cancel": gettext_lazy("Cancel"),
    "unanswered": gettext_lazy("The server did not answer. Try again in a moment."),
}


class RichTexts(admin.ModelAdmin):
    """Gives the editors of long texts their words, and static/js/rich-text.js its answers."""

    def get_urls(self):
        views = {"pasted": pasted, "link": link}
        return [
            *(
                path(
                    f"{name}/", self.admin_site.admin_view(require_POST(view)), name=self.url(name)
                )
                for name, view in views.items()
            ),
            *super().get_urls(),
        ]

    def url(self, name):
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, RichTextField):
            with override(language_of(db_field.name)):
                pages = reverse("suggestions")
            words = {name: str(word) for name, word in (TOOLS | DIALOG).items()}
            field.widget.attrs |= {
                "data-words": json.dumps(words),
                "data-pasted": reverse(f"admin:{self.url('pasted')}"),
                "data-link": reverse(f"admin:{self.url('link')}"),
                "data-pages": pages,
            }
        return field


def pasted(request):
    """Answer what is pasted in the elements of our texts."""
    return JsonResponse({"html": clean(request.POST.get("html", ""))})


def link(request):
    """Answer where a link leads that somebody typed, or say what is wrong with it."""
    try:
        return JsonResponse({"href": checked(link_address(request.POST.get("address", "")))})
    except ValidationError as error:
        return JsonResponse({"fault": error.message})


def checked(address):
    """Return an address as texts hold it. Raise ValidationError where it leads nowhere."""
    if address.startswith(f"{settings.SITE_URL}/"):
        address = address.removeprefix(settings.SITE_URL)
    if address.startswith("/") and not address.startswith("//"):
        if not is_page(address):
            raise ValidationError(_("Visitors find no page of this site at this address."))
    elif address.startswith("mailto:"):
        EmailValidator(_("This is no mail address."))(address[7:].partition("?")[0])
    else:
        message = _(
            "This is no address. Type one such as %(example)s or office@example.org, or words of a "
            "page of this site, and choose it from the list."
        ) % {"example": "www.gus.pl"}
        URLValidator(["http", "https"], message=message)(address)
    return address


def is_page(address):
    """Tell whether visitors find a page of the site at an address that begins with a slash."""
    request = RequestFactory(SERVER_NAME=settings.ALLOWED_HOSTS[0]).get(address)
    language = get_language_from_path(request.path_info)
    if language is None:  # so are those of staff, and what only machines read
        return False
    with override(language):
        try:
            found = resolve(urlsplit(address).path)
            is_public = not found.namespaces and not (found.url_name or "").endswith("_preview")
            return is_public and found.func(request, *found.args, **found.kwargs).status_code < 400
        except Http404:
            return False
