"""What is wrong with a form of the admin, as a list that leads to its fields."""

from django import template
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import MultiWidget
from django.utils.text import capfirst

register = template.Library()


@register.inclusion_tag("admin/faults.html")
def faults(form, inlines):
    """List each fault of a form and of its parts."""
    return {"faults": [*faults_of(form, ""), *(fault for i in inlines for fault in of_parts(i))]}


def of_parts(inline):
    """Yield the faults of all parts of a kind, and of each by its number."""
    formset, opts = inline.formset, inline.opts
    group = f"{formset.prefix}-group"
    for text in formset.non_form_errors():
        yield group, capfirst(opts.verbose_name_plural), text
    for number, form in enumerate(formset.forms):
        if form.is_bound and not form.cleaned_data.get("DELETE"):
            part = f"{capfirst(opts.verbose_name)} {number + 1}"
            yield from faults_of(form, f"{formset.prefix}-{number}", part)


def faults_of(form, place, part=""):
    """Yield where a fault is, what the form calls that, and the fault."""
    for name, texts in form.errors.items():
        target, label = place, part
        if name != NON_FIELD_ERRORS:
            field = form[name]
            target = field.auto_id + ("_0" if isinstance(field.field.widget, MultiWidget) else "")
            label = f"{part}, {field.label}" if part else field.label
        for text in texts:
            yield target, label, text
