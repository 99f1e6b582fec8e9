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
ONE_LETTER = re.compile(r"(?<![\w.])[aiouwz] (?=\S)", re.IGNORECASE)
SPLIT_FIGURE = re.compile(r"\d (?=\d{3}\b|%|°C|k?m[²³]?\b|kW|MW|GW|mln\b|mld\b|zł\b|ha\b|t\b)|\d°C")
MONTHS = "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października"
MONTHS += "|listopada|grudnia"
TAG = re.compile(r"<[^<>]+>")
NO_CHARACTER = re.compile(r"&#\d{8,}+;?")  # a number too large for one, and for Python to read
SPLIT_DATE = re.compile(rf"\d (?=(?:{MONTHS})\b)|\bok\. (?=\d)")


def plain(html, gap=" "):
    """Return the words of a long text, with a gap where a tag was."""
    return unescape(NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", TAG.sub(gap, html)))


def misprints(text, language):
    """Yield what is wrong with the writing of a plain text."""
    if language in OTHER_WORDS:
        words = OTHER_WORDS[language].findall(text)
        if len(words) >= SEVERAL:
            yield f"words of another language: {', '.join(words)}"
    if language in FOREIGN_QUOTES and (quote := re.search(FOREIGN_QUOTES[language], text)):
        yield f"the quotation mark {quote[0]} is not that of the language"
    if re.search(r" - |--(?![a-z])", text):  # but --base-url is an option of a command
        yield "a hyphen stands for a dash (–)"
    if language == "pl" and (word := ONE_LETTER.search(text)):
        yield f"“{around(text, word)}” wants a no-break space after the letter"
    if language == "pl" and (date := SPLIT_DATE.search(text)):
        yield f"“{around(text, date)}” wants a no-break space after the number or “ok.”"
    if language == "pl" and re.search(r"\bOk\.\s\d", text):
        yield "a sentence begins with “Około”, not “Ok.”"
    if figure := SPLIT_FIGURE.search(text):
        yield f"“{around(text, figure)}” wants a no-break space in the figure"
    if re.search(r"(?<!\w)(CO2|k?m[23])\b", text):
        yield "write CO₂, m², m³"


def around(text, match):
    return text[max(0, match.start() - 12) : match.end() + 12].replace(NBSP, " ").strip()
