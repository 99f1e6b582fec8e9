"""How the programme's texts, figures and themes are shown, to people and to machines."""

import json
import re
from html import unescape

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse, translate_url
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_info, gettext, gettext_noop

from ..finder.excerpts import highlight
from ..models import Theme
from ..publishing import odt
from ..publishing import structured_data as data
from ..text import rich_text as rich
from ..text.mail_link import mail_link
from ..text.translation import in_a_sentence, in_best_language
from ..text.units import localised

MOST_LETTERS = 250  # of a title or an address: some programs cut a link of more than 2,000 signs
NOT_YET = gettext_noop("This text is not yet available in %(language)s.")

register = template.Library()

register.filter("localised", localised)


@register.filter
def bare_address(url):
    """Return an address as people say it."""
    return re.sub(r"^https?://(www\.)?|/$", "", url)


@register.simple_tag
def open_languages():
    return settings.OPEN_LANGUAGES


@register.simple_tag
def text(record, name, answer=None):
    """Show a translated text, marked with its language where that is not the page's.

    What answers a search is marked too.
    """
    content, language = in_best_language(record, name)
    if answer:
        content = highlight(content, answer)
    if language == get_language():
        return content
    return format_html('<span lang="{}">{}</span>', language, content)


@register.simple_tag
def linked(sentence, **addresses):
    """Make links of the words that a translated sentence marks: “see <cities>all cities</cities>”.

    So translators meet no HTML, and may put the links in another order.
    """
    for name, address in addresses.items():
        sentence = sentence.replace(f"<{name}>", format_html('<a href="{}">', address))
        sentence = sentence.replace(f"</{name}>", "</a>")
    return mark_safe(sentence)


@register.simple_tag
def rich_text(record, name):
    """Show a translated long text; one in another language says so and is marked."""
    content, language = in_best_language(record, name)
    html = rich.shown(content)
    if language == get_language() or not content:
        return html
    info = get_language_info(get_language())
    note = gettext(NOT_YET)
    # The name in the language of the sentence, which may itself not yet be translated.
    name = info["name"] if note == NOT_YET else info["name_translated"]
    return format_html(
        '<p class="language-note">{}</p><div lang="{}">{}</div>',
        note % {"language": name},
        language,
        html,
    )


register.filter("odt_text", odt.paragraphs)


@register.inclusion_tag("includes/outdated.html")
def outdated_note(record):
    """Say so where the original has changed since the page's translation was made."""
    original = settings.LANGUAGE_CODE
    return {
        "is_outdated": bool(record.outdated(get_language())),
        "original": get_language_info(original),
        "url": translate_url(record.get_absolute_url(), original),
    }


@register.inclusion_tag("includes/theme_glyph.html")
def theme_glyph(themes, glyph=""):
    """Show the three-petal glyph, or another that is named, with the themes in words."""
    letters = glyph or "".join(theme[0] for theme in themes)
    return {"letters": letters or "none", "names": theme_names(themes) if themes else ""}


@register.simple_tag
def filter_values(record):
    """Tell scripts what filters ask of a record, as the attributes of its card."""
    return format_html_join("", ' data-{}="{}"', record.filter_values.items())


@register.simple_tag
def plural_forms(sentence):
    """Show a sentence about 1, 2, 5 and so on things, for scripts to choose from.

    The numbers are those for which some language has a form of its own.
    """
    shown = ((n, render_to_string(sentence, {"n": n})) for n in (0, 1, 2, 3, 5, 11))
    return format_html_join("", '<i data-n="{}">{}</i>', shown)


@register.simple_tag
def theme_label(theme):
    return Theme(theme).label


@register.simple_tag
def theme_names(themes):
    return in_a_sentence(theme_label(theme) for theme in themes)


@register.simple_tag
def payer_names(payers):
    return in_a_sentence(payer.label for payer in payers)


@register.simple_block_tag
def words(content):
    """Keep the plain words of what stands between, for `as`: a block can be shown only once."""
    return " ".join(unescape(strip_tags(content)).split())


@register.simple_tag(takes_context=True)
def structured_data(context, record=None):
    """Tell machines of the page, and of the record that it is about."""
    told = (context[name] for name in ("canonical", "page_title", "page_description", "page_image"))
    return _linked_data(data.page(*told, record))


@register.simple_tag
def og_locale():
    """Tell Open Graph the page's language and its country; nothing where we know of none."""
    territory = data.TERRITORIES.get(get_language())
    locale = f"{get_language()}_{territory}"
    return format_html('<meta property="og:locale" content="{}">', locale) if territory else ""


@register.simple_tag(takes_context=True)
def report_link(context):
    """Return the link of a letter about an error on the page; none in an archive.

    It names the page without what was asked of it, and nothing of who reads it.
    """
    if not settings.OPERATOR_EMAIL or context["archived_on"]:
        return ""
    title, address = (context[name][:MOST_LETTERS] for name in ("page_title", "canonical"))
    # Translators: the subject of a letter.
    subject = gettext("Error on the page: %(title)s") % {"title": title}
    wrong = gettext("What is wrong on this page:")
    body = f"{address}\n\n{wrong}\n"
    return mail_link(settings.OPERATOR_EMAIL, subject, body)


@register.simple_tag
def datasets(day, coverage):
    """Tell machines of the downloads, whose content last changed on a day."""
    return _linked_data(data.datasets(day, coverage))


@register.simple_tag
def trail(parent, parent_name, above, here):
    """Tell machines of the breadcrumbs, from what includes/breadcrumbs.html is given."""
    # Translators: the first link of the breadcrumbs: the home page.
    steps = [(gettext("Home"), reverse("home"))]
    if parent:
        steps.append((parent_name, reverse(parent)))
    if above:
        steps.append((above, above.get_absolute_url()))
    return _linked_data(data.trail([*steps, (here, None)]))


def _linked_data(told):
    """Write JSON-LD that no text can break out of, as Django's json_script does."""
    escapes = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&"}
    text = json.dumps(told, ensure_ascii=False).translate(escapes)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))
