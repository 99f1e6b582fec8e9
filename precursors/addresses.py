"""Addresses in every language: each leads to its own page."""

from itertools import product

from django.urls import NoReverseMatch, Resolver404, get_resolver, resolve, reverse
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation


def misleading(language):
    """Yield (msgid, advice) for each translated address that does not lead to its own page."""
    for pattern in _translated():
        with translation.override(None, deactivate=True):
            msgid = str(pattern.pattern._route)
        converters = pattern.pattern.converters
        samples = (getattr(each, "samples", ["1"]) for each in converters.values())
        for values in product(*samples):
            asked = dict(zip(converters, values, strict=True))
            with translation.override(language):
                if advice := _astray(pattern.name, asked):
                    yield msgid, advice
                    break


def _translated():
    """Return the patterns below the language's prefix."""
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver.pattern, LocalePrefixPattern):
            for inner in resolver.url_patterns:
                yield from inner.url_patterns


def _astray(name, asked):
    try:
        address = reverse(name, kwargs=asked)
        found = resolve(address)
    except (NoReverseMatch, Resolver404):
        return "the site cannot make an address of it"
    if (found.url_name, found.kwargs) != (name, asked):
        return f"{address} leads to another page already: choose another word"
    return None
