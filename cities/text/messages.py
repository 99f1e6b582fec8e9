"""What a proofreader looks for in a translators' catalogue: one function a rule.

A rule takes an entry and the language, and yields advice.
"""

import re

from precursors.catalogues import ORIGINAL, plural_rule

from .cleaning import cleaned
from .typography import misprints, plain

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|…")
NAME = re.compile(r"%\((\w+)\)")
TAG = re.compile(r"</?\w[^<>]*>")
SPECIAL = re.compile(r"[<>\"]|&#?\w+;")  # what HTML reads as its own
# What each term of the programme must be called, wherever it is spoken of.
GLOSSARY = {
    "pl": {
        "precursor": r"prekurs",
        "committed cit": r"zaangażowan",
        "good practice": r"\bdobr\w* praktyk",
        "energy plan": r"\bplan\w* energetyczn",
        "mobility": r"mobiln",
        "spatial planning": r"\bplanowani\w* przestrzenn|przestrze",
        "indicator": r"wskaźnik",
        "study visit": r"\bwizyt\w* studyjn",
        "status": r"\bstatus",
        "figure": r"wskaźnik|\bliczb",
        "draft": r"\bszkic",
    }
}
# Words that are the same in English; units and abbreviations are besides.
SAME_WORDS = {"pl": {"region", "status", "administrator", "austria", "e-mail", "plan", "film"}}
ENDS = re.compile(r"[.?!:;]$")
LIMIT = re.compile(r"at most (\d+) letters")  # as the note to translators says it


def texts(entry):
    """Return the translations that an entry has: one, or one a plural form."""
    return [text for text in (entry.msgstr, *entry.msgstr_plural.values()) if text]


def clean(catalogue):
    """Take out of a polib catalogue’s translations what would break the files that hold them."""
    for entry in catalogue:
        entry.msgstr = cleaned(entry.msgstr)
        forms = entry.msgstr_plural
        entry.msgstr_plural = {number: cleaned(text) for number, text in forms.items()}


def originals(entry):
    return [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]


def key(entry):
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def untranslated(entry, language):
    if not texts(entry):
        yield "translate it"


def fuzzy(entry, language):
    if entry.fuzzy:
        yield "check the guess, then take the mark “fuzzy” away"


def obsolete(entry, language):
    if entry.obsolete:
        yield "delete it: the site has no such text any more"


def placeholders(entry, language):
    """Names in %(…)s are filled in by the site; one that it does not know breaks the page."""
    allowed = [sorted(PLACEHOLDER.findall(text)) for text in originals(entry)]
    for text in texts(entry):
        if sorted(PLACEHOLDER.findall(text)) not in allowed:
            yield f"keep {' '.join(max(allowed)) or 'out what the English has not'}"
        elif entry.msgctxt != "unit" and not can_be_filled_in(text):
            yield "write %% for a percent sign" if allowed[0] else "write no percent sign"


def can_be_filled_in(text):
    """Tell whether Python fills a text in, given a value for each of its names."""
    try:
        return isinstance(text % dict.fromkeys(NAME.findall(text), 7), str)
    except (TypeError, ValueError):
        return False


def address(entry, language):
    """An address that the site cannot read breaks every page."""
    if entry.msgctxt != "address":
        return
    for text in texts(entry):
        if re.findall(r"<[^<>]*>", text) != re.findall(r"<[^<>]*>", entry.msgid):
            yield "keep what stands in < and >, in the same order"
        elif [bool(part) for part in text.split("/")] != [
            bool(part) for part in entry.msgid.split("/")
        ]:
            yield "keep the slashes where they are in the English"
        elif not re.fullmatch(r"[a-z0-9-]+", re.sub(r"<[^<>]*>|/", "", text) or "a"):
            yield "use small letters without accents, digits and hyphens only"


def tags(entry, language):
    """What HTML would read as its own stands where the English has it, and nowhere else."""
    if entry.msgctxt == "address":
        return
    allowed = [sorted(TAG.findall(text)) for text in originals(entry)]
    special = {sign for text in originals(entry) for sign in SPECIAL.findall(TAG.sub("", text))}
    for text in texts(entry):
        if sorted(TAG.findall(text)) not in allowed:
            yield f"keep {' '.join(max(allowed)) or 'tags out'}"
        elif not is_nested(TAG.findall(text)):
            yield "close first what was opened last"
        elif strange := set(SPECIAL.findall(TAG.sub("", text))) - special:
            yield f"write something else for {' '.join(sorted(strange))}"


def is_nested(tags):
    opened = []
    for tag in tags:
        if not tag.startswith("</"):
            opened.append(tag[1:])
        elif not opened or opened.pop() != tag[2:]:
            return False
    return not opened


def plurals(entry, language):
    forms = [text for text in entry.msgstr_plural.values() if text]
    if forms and len(forms) != plural_rule(language)[0]:
        yield f"fill in all {plural_rule(language)[0]} plural forms"


def alike(entry, language):
    forms = [text for text in entry.msgstr_plural.values() if text]
    if len(forms) > 2 and len(set(forms)) == 1:
        yield "the plural forms are all the same"


def edges(entry, language):
    for text in texts(entry):
        if (text[:1].isspace(), text[-1:].isspace()) != (
            entry.msgid[:1].isspace(),
            entry.msgid[-1:].isspace(),
        ):
            yield "begin and end it as the English does, without a space more or less"


def punctuation(entry, language):
    def end(text):
        return ENDS.findall(plain(text).rstrip("”“»« "))

    if any(end(text) != end(entry.msgid) for text in texts(entry)):
        yield f"end it with {''.join(end(entry.msgid)) or 'no mark'}, as the English does"


def doubled(entry, language):
    for text in texts(entry):
        if found := re.search(r"\b(\w+)\s+\1\b", text, re.IGNORECASE):
            yield f"“{found[0]}” stands twice"


def unchanged(entry, language):
    if entry.msgctxt in ("unit", "address") or language == ORIGINAL:
        return
    words = re.findall(r"[\w-]+", PLACEHOLDER.sub("", entry.msgid).casefold())
    if entry.msgid == entry.msgstr and not set(words) <= SAME_WORDS.get(language, set()):
        yield "translate it, or list it among the words that are the same"


def length(entry, language):
    if limit := LIMIT.search(entry.comment):
        for text in texts(entry):
            if len(text) > int(limit[1]):
                yield f"{len(text)} letters where {limit[1]} fit"


def glossary(entry, language):
    if entry.msgctxt == "address":
        return
    original = PLACEHOLDER.sub("", entry.msgid).casefold()
    for term, known in GLOSSARY.get(language, {}).items():
        for text in texts(entry):
            if term in original and not re.search(known, text, re.I):
                yield f"“{term}” is not called here as the glossary has it"


def typography(entry, language):
    for text in texts(entry) or (originals(entry) if language == ORIGINAL else ()):
        yield from misprints(plain(NAME.sub("%", text)), language)


# Those without which a page cannot be made; compile_locale asks for them.
VITAL = [placeholders, address, tags, plurals]
RULES = [
    *VITAL,
    *(fuzzy, obsolete, alike, edges, punctuation, doubled, unchanged, length, glossary),
    typography,
]


def findings(catalogue, language, rules):
    """Yield (entry, advice) for what is wrong in a polib catalogue."""
    first = {}
    for entry in catalogue:
        if not entry.obsolete and first.setdefault(key(entry), entry) is not entry:
            yield entry, f"it stands in line {first[key(entry)].linenum} too: delete one"
        for rule in rules:
            if not entry.obsolete or rule is obsolete:
                yield from ((entry, advice) for advice in rule(entry, language))


def strangers(catalogue, source):
    """Yield (entry, advice) where a catalogue has other texts than its source, both of polib."""
    here, there = (
        {key(entry) for entry in one if not entry.obsolete} for one in (catalogue, source)
    )
    for entry in catalogue:
        if not entry.obsolete and key(entry) not in there:
            yield entry, "the site has no such text: put the English back as it was"
    for entry in source:
        if key(entry) not in here:
            yield entry, "it is missing: put it back, as it stands in the source"
