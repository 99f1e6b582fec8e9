"""Addresses of the web and of mail, as people write them."""

import re

WEB = re.compile(r"^(?:[\w-]++\.)++[^\W\d_]{2,}+(?::[0-9]{1,5})?(?:[/?#]\S*)?$")
MAIL = re.compile(r"^[^\s@:/?#]++@[\w.-]++$")


def web_address(text):
    """Return the address that is meant: www.gus.pl is https://www.gus.pl."""
    return f"https://{text.strip()}" if WEB.match(text.strip()) else text


def link_address(text):
    """Return where a link leads that somebody types: a mail address is one too."""
    text = text.strip()
    return f"mailto:{text}" if MAIL.match(text) else web_address(text)
