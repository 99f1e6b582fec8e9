"""Who may do what: editors in their own countries, publishers everywhere, administrators all."""

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from ..models import Country, Finding, Page, Status, Synonym
from . import history


def _by_way_of(owners):
    """Return the ways to a country, through the fields by which a record belongs to a page."""
    ways = {field: kind.way_to_country for field, kind in owners.items()}
    return [f"{field}__{way}" for field, way in ways.items() if way]


# The ways from a record to its country; what is of none is the publishers'.
COUNTRY_OF = {
    **{kind: [kind.way_to_country] for kind in history.PAGES if kind.way_to_country},
    **{part: ways for part, owners in history.OWNERS.items() if (ways := _by_way_of(owners))},
    Finding: _by_way_of({kind._meta.model_name: kind for kind in history.PAGES}),
}


def _rights(models):
    return [
        f"{right}_{model._meta.model_name}"
        for right in ("view", "add", "change", "delete")
        for model in models
    ]


_WRITING = _rights([m for m in history.MODELS if m in COUNTRY_OF and m is not Country])
_PUBLISHING = _rights([*history.MODELS, Synonym])
_PUBLISHING += ["publish_city", "view_logentry", "view_unanswered", "delete_unanswered"]
_ADMINISTERING = [*_PUBLISHING, "view_user", "add_user", "change_user", "delete_user", "view_group"]
ROLES = {
    "editor": [*_WRITING, "view_country"],
    "publisher": _PUBLISHING,
    "administrator": _ADMINISTERING,
}
ROLE_NAMES = {
    "editor": pgettext_lazy("staff", "editor"),
    "publisher": pgettext_lazy("staff", "publisher"),
    "administrator": pgettext_lazy("staff", "administrator"),
}


def make_roles(**kwargs):
    """Make the groups, or bring their rights up to date; called after every migration."""
    for name, rights in ROLES.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set(Permission.objects.filter(codename__in=rights))


def may_publish(user, page=None):
    """Tell whether somebody publishes everywhere, or a page of a country that trusts them."""
    if user.has_perm("cities.publish_city"):
        return True
    return page is not None and user.trusted_in.filter(pk=_country_of(page)).exists()


def writes_at_once(user, page):
    """Tell whether what somebody writes on a page is for visitors at once, or else a draft."""
    return getattr(page, "status", None) != Status.PUBLISHED or may_publish(user, page)


def editable(queryset, user):
    """Keep the records that belong to the countries of an editor; publishers edit all.

    What belongs to no country is theirs alone.
    """
    return _of_countries(user.countries.all(), queryset, user)


def publishable(queryset, user):
    """Keep the records that somebody publishes: those of the countries that trust an editor."""
    return _of_countries(user.trusted_in.all(), queryset, user)


def _of_countries(countries, queryset, user):
    if may_publish(user):
        return queryset
    if queryset.model not in COUNTRY_OF:
        return queryset.none()
    ways = [(f"{way}__in", countries) for way in COUNTRY_OF[queryset.model]]
    return queryset.filter(Q.create(ways, connector=Q.OR))


def is_editable(record, user):
    """Tell whether a record, stored or not, belongs to a country of this editor."""
    if may_publish(user):
        return True
    return user.countries.filter(pk=_country_of(record)).exists()


def _country_of(record):
    """Return the key of the country to which a record belongs, or None."""
    page = history.page_of(record)
    place = getattr(page, "city", None) or page
    return place.pk if isinstance(place, Country) else getattr(place, "country_id", None)


def check(record, user):
    """Raise ValidationError where this editor may not save a record like this.

    What forms refuse by their fields, imports refuse by this.
    """
    if may_publish(user):
        return
    stored = type(record)._base_manager.filter(pk=record.pk).first()
    if not is_editable(record, user) or (stored and not is_editable(stored, user)):
        raise ValidationError(_("This belongs to a country that is not among yours."))
    before, after = getattr(stored, "status", None), getattr(record, "status", None)
    if before != after and not may_publish(user, stored) and Status.PUBLISHED in (before, after):
        raise ValidationError(_("Only publishers publish pages or take them off the site."))
    touched = [stored] if isinstance(record, Page) else [stored, record]
    for page in (history.page_of(each) for each in touched if each):
        if not writes_at_once(user, page):
            raise ValidationError(
                _("“%(page)s” is published. Change it in its form: that makes a draft of it.")
                % {"page": page}
            )
