"""Two editors at once: the second save is refused, told what changed, and loses nothing."""

import re
from contextlib import suppress

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from reversion.models import Version

from ..editing import drafts, history
from ..editing.saving import saving
from .revisions import NOT_BACK, HistoryAdmin


def title_of(opts, *, is_new):
    """Return the title of a form: a whole noun after a colon, which no language inflects."""
    told = _("Adding: %(kind)s") if is_new else _("Editing: %(kind)s")
    return told % {"kind": opts.verbose_name}


class OptimisticLockForm(forms.ModelForm):
    """A form that knows from which version it was filled, and never overwrites a later one."""

    base_version = forms.CharField(label="", required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        page = self.instance
        self.latest = history.versions(page).first() if page.pk else None
        self.draft = drafts.of(page)
        self.state = str(self.latest.pk if self.latest else "")
        if self.draft:
            self.state += f".{self.draft.pk}"
        self.initial["base_version"] = self.state
        self.is_overtaken = False

    def clean(self):
        super().clean()
        if self.state and self.cleaned_data.get("base_version") != self.state:
            self.is_overtaken = True
            message = _("While you were writing, somebody else saved this page.")
            raise forms.ValidationError(message, code="overtaken")


class OptimisticLockAdmin(HistoryAdmin):
    """Pages that several people edit."""

    form = OptimisticLockForm
    change_form_template = "admin/page_form.html"

    def get_fieldsets(self, request, obj=None):
        first, *others = super().get_fieldsets(request, obj)
        name, options = first
        return [(name, options | {"fields": [*options["fields"], "base_version"]}), *others]

    def get_object(self, request, object_id, from_field=None):
        if request.method != "POST" or not transaction.get_connection().in_atomic_block:
            return super().get_object(request, object_id, from_field)
        # Until the end of the transaction nobody else saves it.
        records = self.get_queryset(request).select_for_update(of=("self",))
        with suppress(ValueError):  # no key at all
            return records.filter(pk=object_id).first()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Let those who still write what another has deleted bring it back with their words."""
        pk = unquote(object_id)
        gone = request.method == "POST" and pk.isdecimal() and self.has_add_permission(request)
        gone = gone and not self.get_queryset(request).filter(pk=pk).exists()
        version = gone and Version.objects.get_deleted(self.model).filter(object_id=pk).first()
        if not (version and self.may_recover(request, version)):
            return super().change_view(request, object_id, form_url, extra_context)
        try:
            with saving(request.user):
                self.recover(request, version)
                response = super().change_view(request, object_id, form_url, {"deleted": version})
                if response.status_code == 200:
                    response.render()
                    transaction.set_rollback(True)
        except IntegrityError:
            messages.error(request, NOT_BACK % {"name": version.object_repr})
            return redirect(self._address("recoverlist"))
        return response

    def render_change_form(self, request, context, *args, **kwargs):
        context["title"] = title_of(self.opts, is_new=kwargs.get("add"))
        form = context["adminform"].form
        if form.is_bound and form.is_overtaken:
            context |= self.catch_up(
                form, [inline.formset for inline in context["inline_admin_formsets"]]
            )
        return super().render_change_form(request, context, *args, **kwargs)

    def catch_up(self, form, formsets):
        """Take over what changed meanwhile where this editor changed nothing, and tell of it."""
        old = state_of(form.instance, form.cleaned_data.get("base_version") or "")
        new = history.live_snapshot(form.instance)
        before = {(type(record), record.pk): record for record in old}
        after = {(type(record), record.pk): record for record in new}
        data = form.data = form.data.copy()
        for each in [form, *(each for formset in formsets for each in formset.initial_forms)]:
            each.data = data
            key = type(each.instance), each.instance.pk
            if key in before and key in after:
                take_over(each, before[key], after[key])
            elif key not in after:
                data[each.add_prefix("DELETE")] = "on"  # the part has been deleted
        data["base_version"] = form.state
        return {
            "overtaken_by": form.draft or form.latest.revision,
            "differences": list(history.differences(old, new)),
        }


def state_of(page, state):
    """Return the page and its parts as they were in a version or a draft that a form names."""
    version, _dot, draft = state.partition(".")
    found, key, read = history.versions(page), version, history.recorded_snapshot
    if draft and hasattr(page, "drafts"):
        found, key, read = page.drafts.all(), draft, drafts.records_of
    base = found.filter(pk=key).first() if re.fullmatch(r"\d{1,18}", key) else None
    return read(base) if base else []


def take_over(form, before, after):
    """Fill in what another changed, except where the form holds something else than before."""
    was, now_is = model_to_dict(before, form.fields), model_to_dict(after, form.fields)
    for name, field in form.fields.items():
        bound = form[name]
        if name not in was or was[name] == now_is[name] or isinstance(field, forms.FileField):
            continue
        if not field.has_changed(field.prepare_value(was[name]), bound.data):
            write(form.data, bound, field.prepare_value(now_is[name]))


def write(data, bound, value):
    """Put a value into posted data as the field's widget would post it."""
    widget, name = bound.field.widget, bound.html_name
    if isinstance(widget, forms.MultiWidget):
        for number, (part, text) in enumerate(
            zip(widget.widgets, widget.decompress(value), strict=True)
        ):
            data[f"{name}_{number}"] = part.format_value(text) or ""
    elif isinstance(widget, forms.CheckboxInput):
        data[name] = "on" if value else ""
    elif isinstance(widget, (forms.TextInput, forms.Textarea)):
        data[name] = widget.format_value(value) or ""
    else:
        data[name] = "" if value is None else value
