"""What somebody did, kept so that each reader reads it in a language of their own.

It is kept as Django's log keeps it, but by the names of columns and models, not by their labels.
"""

import json
from datetime import datetime

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils import translation
from django.utils.formats import localize
from django.utils.text import capfirst, get_text_list
from django.utils.timezone import template_localtime
from django.utils.translation import gettext as _

from ..models import Status
from ..text.translation import label_of

# What may fill in the sentence of a note otherwise than as it is.
SHOWN = {
    "status": lambda value: Status(value).label,
    "moment": lambda value: localize(template_localtime(datetime.fromisoformat(value))),
}


def note(msgid, **values):
    """Return a sentence to keep: its msgid, and what fills it in."""
    return json.dumps([{"noted": [msgid, values]}], ensure_ascii=False)


def joined(*kept):
    """Return several of what is kept as one."""
    several = [each for each in kept if each]
    if len(several) < 2:
        return "".join(several)
    parts = (json.loads(each) if each.startswith("[") else [each] for each in several)
    return json.dumps([deed for part in parts for deed in part], ensure_ascii=False)


def of_form(form, formsets, add):
    """Return what a form and those within it have changed, to be kept."""
    changed = form.changed_data  # before languages change, and numbers with them
    with translation.override(None):
        of = form._meta.model._meta.label_lower
        told = [{"added": {}}] if add else []
        if changed and not add:
            told.append({"changed": {"of": of, "fields": _names(form, changed)}})
        for formset in formsets or ():
            told += [{"added": _part(record)} for record in formset.new_objects]
            for record, columns in formset.changed_objects:
                fields = _names(formset.forms[0], columns)
                told.append({"changed": _part(record) | {"fields": fields}})
            told += [{"deleted": _part(record)} for record in formset.deleted_objects]
    return told


def _part(record):
    return {"of": record._meta.label_lower, "name": "", "object": str(record)}


def _names(form, columns):
    """Return the names of columns; of what is none of the model, the English label."""
    known = {field.name for field in form._meta.model._meta.get_fields()}
    return [
        name if name in known else str(getattr(form.fields.get(name), "label", None) or name)
        for name in columns
    ]


def told(kept):
    """Return what somebody did as a reader reads it; what is kept as plain words, as it is."""
    try:
        deeds = json.loads(kept) if kept.startswith("[") else None
    except json.JSONDecodeError:
        deeds = None
    if deeds is None:
        return kept
    return " ".join(_sentences(deeds)) or _("No fields changed.")


def _sentences(deeds):
    for deed in deeds:
        if isinstance(deed, str):
            yield deed
        else:
            yield from (_sentence(*each) for each in deed.items())


def _sentence(kind, what):
    if kind == "noted":
        msgid, values = what
        return _(msgid) % {key: SHOWN.get(key, str)(value) for key, value in values.items()}
    of = apps.get_model(what["of"]) if "of" in what else None
    if "fields" in what:
        # Translators: before the last of several columns.
        fields = get_text_list([_label(of, name) for name in what["fields"]], _("and"))
    if "name" not in what:
        if kind == "changed":
            return _("Changed {fields}.").format(fields=fields)
        # Translators: said of a page or an account in the record of what was done.
        return _("Added.")
    part = {"name": of._meta.verbose_name if of else _(what["name"]), "object": what["object"]}
    if kind == "changed":
        return _("Changed {fields} for {name} “{object}”.").format(fields=fields, **part)
    sentence = _("Added {name} “{object}”.") if kind == "added" else _("Deleted {name} “{object}”.")
    return sentence.format(**part)


def _label(model, name):
    """Return the label of a column; what was kept by its label begins with a capital."""
    try:
        return capfirst(label_of(model._meta.get_field(name)))
    except (AttributeError, FieldDoesNotExist):
        return capfirst(_(name) if _(name) != name else _(name[:1].lower() + name[1:]))
