"""What the environment says, or the file in which a server keeps it.

A value that cannot be read stops the site with one line, which names the variable but does not
show the value: some hold passwords.
"""

import os
import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env

USUAL_FILE = "/etc/precursors.env"  # read where it may be read
FLAGS = ["0", "1", "false", "true", "off", "on", "no", "yes"]


def read_file():
    """Take up the lines NAME=value of ENV_FILE; what the environment itself says counts more."""
    path = Path(os.environ.get("ENV_FILE", USUAL_FILE) or os.devnull)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        if "ENV_FILE" not in os.environ:
            return
        raise ImproperlyConfigured(f"ENV_FILE names {path}, which cannot be read.") from error
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.lstrip().startswith(("#", ";")):
            name, sign, value = (part.strip() for part in line.partition("="))
            if not sign or not name.isidentifier():
                raise ImproperlyConfigured(f"{path}, line {number}: write NAME=value.")
            os.environ.setdefault(name, re.sub(r"""^(["'])(.*)\1$""", r"\2", value))


def env(name, default="", read=str, example="", *, may_be_blank=True):
    """Return what a variable says, read as this kind; the default where it is blank."""
    given = os.environ.get(name, "").strip()
    if not given and (may_be_blank or name not in os.environ):
        return default
    try:
        return read(given)
    except (ValueError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{name} must look like {example}.") from error


def flag(text):
    return FLAGS.index(text.lower()) % 2 == 1


def matching(pattern):
    """Return a kind whose values match a pattern as a whole."""

    def read(text):
        if not re.fullmatch(pattern, text):
            raise ValueError
        return text

    return read


def number(text):
    return int(matching(r"\d{1,9}")(text))


def codes(text):
    return [code.strip() for code in text.split(",")]


day = date.fromisoformat


def database(url):
    """Return Django's settings of a database of the two kinds that the site is tested with."""
    config = Env.db_url_config(matching("(postgres(ql)?|sqlite)://.+")(url))
    if not config["NAME"]:
        raise ValueError
    return config


def cache(url):
    parts = urlsplit(matching(r"rediss?://\S+|locmemcache://\S*")(url))
    if parts.scheme != "locmemcache" and not (parts.hostname and parts.port != 0):
        raise ValueError
    return Env.cache_url_config(url)


def mail(url):
    config = Env.email_url_config(url)
    if urlsplit(url).scheme.startswith("smtp") and not config["EMAIL_HOST"]:
        raise ValueError
    return config
