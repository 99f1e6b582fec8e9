"""What a browser needs that opens an archive from a disk, where neither modules nor fetch load.

static/js/archive-disk.js takes it up there: the modules, each as a function of one classic script,
and what they fetch, each as a call.
"""

import json
import re

MODULES = "modules.js"  # beside the modules
IMPORT = re.compile(r'^import (?:\* as (\w+)|(\{[^}]*\})) from ("\./[^"]+");$', re.MULTILINE)
EXPORT = re.compile(
    r"^export (?=(?:(?:async )?function|class|const) (\w+|[\[{][^=]*[\]}]))", re.MULTILINE
)
LEFT = re.compile(r"^(?:import|export)\b.*|\bimport\.meta\b", re.MULTILINE)


def modules(sources):
    """Return a classic script with modules, {name: text}, that import one another."""
    functions = ",\n".join(
        f"{json.dumps(name)}: async (need, fetch) => {{\n{as_function(text, name)}}}"
        for name, text in sorted(sources.items())
    )
    return f'"use strict";\nfromDisk({{\n{functions}\n}});\n'


def as_function(text, name):
    """Return a module as the body of a function that returns what the module exports.

    Raise ValueError where it imports or exports in another way than ours do.
    """
    exported = [word for match in EXPORT.finditer(text) for word in re.findall(r"\w+", match[1])]
    body = EXPORT.sub("", IMPORT.sub(as_constant, text))
    body = re.sub(r'\bimport\((?="\./)', "need(", body)
    if odd := LEFT.search(body):
        raise ValueError(f"{name}: “{odd[0]}” has no counterpart in a classic script.")
    return f"{body}return {{ {', '.join(exported)} }};\n"


def as_constant(match):
    whole, names, module = match.groups()
    return f"const {whole or names.replace(' as ', ': ')} = await need({module});"


def call(content):
    """Return a classic script that hands over a file: JSON as data, anything else as text."""
    try:
        data = json.loads(content)
    except ValueError:
        data = content.decode()
    return f"fromDisk({json.dumps(data, ensure_ascii=False, separators=(',', ':'))});\n".encode()
