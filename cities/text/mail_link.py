"""Links that open a letter in a visitor's own program for mail."""

from urllib.parse import quote


def mail_link(address, subject, body):
    """Return the link of a letter (RFC 6068)."""
    body = "\r\n".join(body.splitlines())
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject)}&body={quote(body)}"
