"""How each language is set: quotation marks, dashes, spaces that must not break."""

import re
from html import unescape

from .units import NBSP

# Words that give a language away, looked for where the other one should stand.
OTHER_WORDS = {
    "pl": re.compile(r"\b(the|and|with|was|were|from|which|their|has|have|been|this|that)\b", re.I),
    "en": re.compile(r"\b(jest|oraz|przez|które|która|się|został|została|było|będzie|dla)\b", re.I),
}
SEVERAL = 2  # foreign words: one may be a name
# „Quotes” of Polish, “quotes” of English, „quotes“ of German.
FOREIGN_QUOTES = {"pl": r"[\"“]|(?<!\w)'", "en": r"[\"„]", "de": r"[\"”]"}
TAG = re.compile(r"<[^<>]+>")
NO_CHARACTER = re.compile(r"&#\d{8,}+;?")  # a number too large for one, and for Python to read
MONTHS = "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października"
MONTHS += "|listopada|grudnia"
UNITS = r"°|k?m[²³]?\b|[kMGT]W|ha\b|t\b|ton(?:y|nes?)?\b|tys\.|ml[nd]\b|[mb]illion\b"
UNITS += r"|zł\b|euro\b|koron"
MONEY = "PLN|EUR|SEK|HUF"
SPACE = "“{}” wants a no-break space"
# (languages or any, what is looked for, what to do); {} is where it stands.
MISPRINTS = [
    ("", r" - |--(?![a-z])", "a hyphen stands for a dash (–)"),  # but --base-url is an option
    ("", r"(?<!\w)(CO2|k?m[23])\b", "write CO₂, m², m³"),
    (
        "",
        rf"\d (?=\d{{3}}\b(?! \d\d\b)|{UNITS})|\d°C|\b(?:{MONEY}) (?=\d)",
        f"{SPACE} in the figure",
    ),
    ("pl en", r"\d\s%", "no space stands before %"),
    ("pl", r"(?<![\w.])[AaIiOoUuWwZz] (?=\S)", f"{SPACE} after the letter"),
    ("pl", rf"\d (?=(?:{MONTHS})\b)|\bok\. (?=\d)", f"{SPACE} after the number or “ok.”"),
    ("pl", r"\bOk\.", "a sentence begins with “Około”, not “Ok.”"),
    ("pl", r"\d{3}[.,]\d\d\s(?:zł|euro|koron)", "“{}”: round it; the table is exact"),
    ("en", rf"\b(?:{MONEY})\s[\d,]*\d{{3}}\.\d\d\b", "“{}”: round it; the table is exact"),
]
# What is called in one way only: what not, and how.
WORDING = {
    "pl": {
        r"\bprocent\w*": "%",
        r"\bw\smiędzyczasie\b": "tymczasem",
        r"\bgości(?:ć|ł\w*)\b": "być gospodarzem",
        r"\bwersj\w+\srobocz\w+": "szkic",
        r"\bpodkład\w*\smapy\b": "mapa podkładowa",
        r"\bwarsztat(?:u|owi|em|cie)?\b": "warsztaty, or zakład",
        r"\bplan\w* działań na rzecz (?!zrównoważonej energii i\sklimatu)": (
            "plan działań na rzecz zrównoważonej energii i klimatu"
        ),
    },
    "en": {
        r"\bper ?cent\b": "%",
        r"\bforerunners?\b": "precursor",
        r"\bcycle roads?\b": "cycle path",
        r"\bnot (?:tell|told)\b|\bsource(?:s|\sthat\swe\sknow)?\stells?\b": "say, give",
        r"\bTake (?:all|these)\b.*\bwith you\b": "Download",
    },
}


def plain(html, gap=" "):
    """Return the words of a long text, with a gap where a tag was."""
    return unescape(NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", TAG.sub(gap, html)))


def misprints(text, language):
    """Yield what is wrong with the writing of a plain text."""
    words = OTHER_WORDS[language].findall(text) if language in OTHER_WORDS else []
    if len(words) >= SEVERAL:
        yield f"words of another language: {', '.join(words)}"
    if language in FOREIGN_QUOTES and (quote := re.search(FOREIGN_QUOTES[language], text)):
        yield f"the quotation mark {quote[0]} is not that of the language"
    for of, pattern, advice in MISPRINTS:
        if (not of or language in of.split()) and (found := re.search(pattern, text)):
            yield advice.format(around(text, found))
    for pattern, right in WORDING.get(language, {}).items():
        if found := re.search(pattern, text, re.I):
            yield f"“{found[0]}” is called here: {right}"


def around(text, match):
    return text[max(0, match.start() - 12) : match.end() + 12].replace(NBSP, " ").strip()
