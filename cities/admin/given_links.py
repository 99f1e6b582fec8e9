"""Links for people without an account: made, listed and ended at the form of a page."""

from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from ..editing import deeds, previews
from ..models.given_link import make_link
from ..text.mail_link import mail_link

# By the names of their addresses: what history says when one is made or ended, and more of it.
KINDS = {
    "preview_link": {
        "made": gettext_noop("Link to the preview made"),
        "ended": gettext_noop("Link to the preview ended"),
        "title": gettext_lazy("Link to the preview: %(page)s"),
        "told": gettext_lazy(
            "Copy the address now: the site does not keep it and shows it only this once. Whoever "
            "has it sees the page without an account for 14 days, and each change of it."
        ),
    },
    "office_link": {
        "made": gettext_noop("Link for the city’s office made"),
        "ended": gettext_noop("Link for the city’s office ended"),
        "title": gettext_lazy("Link for the city’s office: %(page)s"),
        "told": gettext_lazy(
            "Send the letter or copy the address now: the site does not keep it and shows it only "
            "this once. Whoever has it says for 60 days, without an account, what of the city’s "
            "pages is still true."
        ),
    },
}


class GivenLinks(admin.ModelAdmin):
    given = ["preview_link"]

    def get_urls(self):
        info = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path(
                f"<path:object_id>/{name.replace('_', '-')}/",
                self.admin_site.admin_view(partial(self.link_view, name=name)),
                name=f"{info}_{name}",
            )
            for name in self.given
        ] + super().get_urls()

    @transaction.atomic
    def link_view(self, request, object_id, name):
        """Make a link, and tell its address this once; or end one."""
        page, words = self.get_object(request, unquote(object_id)), KINDS[name]
        if page is None:
            raise Http404
        if not self.has_change_permission(request, page):
            raise PermissionDenied
        links = getattr(page, f"{name}s")
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[page.pk])
        if request.method != "POST":
            return redirect(back)
        if "end" in request.POST:
            if (key := request.POST["end"]).isdecimal() and len(key) <= 18:
                links.filter(pk=key).delete()
            self.log_change(request, page, deeds.note(words["ended"]))
            messages.success(request, _("The link has ended: it opens nothing any more."))
            return redirect(back)
        token = make_link(links, request.user)
        self.log_change(request, page, deeds.note(words["made"]))
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": words["title"] % {"page": page},
            "told": words["told"],
            "addresses": previews.addresses(name, token, None),
            "back": back,
        }
        for each in context["addresses"]:
            each["here"] = request.build_absolute_uri(each["here"])
            if name == "office_link" and page.email:
                with translation.override(each["code"]):
                    each["letter"] = letter(page, each["here"])
        return TemplateResponse(request, "admin/given_link.html", context)

    def render_change_form(self, request, context, *args, **kwargs):
        page = context.get("original")
        if page and not context.get("is_popup") and self.has_change_permission(request, page):
            is_on_site = self.is_on_site(page)
            links = {
                name: list(getattr(page, f"{name}s").live().select_related("user"))
                for name in self.given
            }
            is_given = {
                "preview_link": context.get("draft") or not is_on_site,
                "office_link": is_on_site,
            }
            context["given"] = {
                name: links[name] for name in self.given if is_given[name] or links[name]
            }
        return super().render_change_form(request, context, *args, **kwargs)


def letter(city, address):
    """Return the link of a letter to a city’s office, in the language of the moment."""
    # Translators: the subject of a letter to a city’s office.
    subject = _("Is this still true? %(city)s on the site Precursor Cities")
    lines = [
        # Translators: how a letter begins.
        _("Good morning,"),
        "",
        _(
            "the site Precursor Cities tells of your city and of its good practices. Under this "
            "link you can say what is still true and what is not; you need no account:"
        ),
        "",
        address,
        "",
        _(
            "It works for 60 days. An editor reads every answer before the site changes; no name "
            "of anybody is asked for or kept."
        ),
        "",
    ]
    return mail_link(city.email, subject % {"city": city.name}, "\n".join(lines))
