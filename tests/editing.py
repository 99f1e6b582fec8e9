"""What an editor does with the admin's forms, for tests."""

from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.fields.files import FieldFile
from django.forms import MultiWidget
from django.urls import reverse

# Of which staff edit records.
MODELS = ["country", "city", "practice", "indicator", "source", "mention", "photo", "topic"]
MODELS += ["journey", "stop", "event", "material"]


def address(model, page="changelist", *args, **query):
    return reverse(f"admin:cities_{model}_{page}", args=args, query=query or None)


def views(patterns=None, names=("admin",)):
    """Yield the names of the views of the admin, with those of what they want in the address."""
    for pattern in patterns or admin.site.get_urls():
        if hasattr(pattern, "url_patterns"):
            yield from views(pattern.url_patterns, names)
        elif pattern.name:
            yield ":".join([*names, pattern.name]), list(pattern.pattern.converters)


def filled(response):
    """Return what a browser would post from this form."""
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    forms = [response.context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    data = {}
    for field in (field for form in forms for field in form):
        value = field.value()
        if isinstance(field.field.widget, MultiWidget):
            is_posted = isinstance(value, list)
            parts = value if is_posted else field.field.widget.decompress(value)
            data |= {f"{field.html_name}_{n}": part or "" for n, part in enumerate(parts)}
        elif value is not False and not isinstance(value, FieldFile):
            data[field.html_name] = "" if value is None else value
    return data


def edit(client, record, **changes):
    """Change a record through its form, as an editor does."""
    url = address(record._meta.model_name, "change", record.pk)
    return client.post(url, filled(client.get(url)) | changes)


def errors(response):
    form = response.context["adminform"].form
    return {field: list(texts) for field, texts in form.errors.items()}


def upload(client, model, *lines, **asked):
    table = SimpleUploadedFile("table.csv", "\n".join(lines).encode(), "text/csv")
    sent = {"format": "0", "resource": "0", "import_file": table}
    return client.post(address(model, "import"), sent, **asked)
