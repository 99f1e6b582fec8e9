"""Files of the library: of three kinds, told by what is in them and not by their names."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from precursors import confined

from . import unpacking
from .pictures import LARGEST, check_room

KINDS = ["pdf", "odt", "xlsx"]
FAULTS = {
    "bytes": _("The file is larger than 20 MB. Save it with smaller pictures, or in parts."),
    "kind": _("This is no PDF, ODT or XLSX file, or it is locked by a password."),
    "damaged": _("The file is damaged: it cannot be unpacked whole. Save it once more first."),
    "large": _("The file takes too much memory or time to open. Save it smaller, or as PDF."),
}


def kind_of(content):
    """Return the kind of a file for the library. Raise ValidationError where it is of none."""
    try:
        kind = confined.run(unpacking.__name__, content).decode()
    except confined.ExceededError:
        kind = "large"
    if kind in FAULTS:
        raise ValidationError(FAULTS[kind])
    return kind


class DocumentUpload(forms.FileField):
    """Takes a PDF, ODT or XLSX file; of its name nothing is kept."""

    def to_python(self, data):
        file = super().to_python(data)
        if not file:
            return file
        if file.size > LARGEST:
            raise ValidationError(FAULTS["bytes"])
        content = file.read()
        file.name = f"file.{kind_of(content)}"
        file.seek(0)
        check_room(content)
        return file

    def widget_attrs(self, widget):
        return {"accept": ", ".join(f".{kind}" for kind in KINDS)}
