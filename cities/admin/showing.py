"""Show what is typed into a form, as the page that visitors would get, before it is saved."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from ..editing.previews import as_it_is
from ..editing.saving import saving
from ..models import Photo


class Showing(admin.ModelAdmin):
    """A form that is saved to be shown, and at once taken back; it stands before all that saves."""

    def add_view(self, request, form_url="", extra_context=None):
        return self.taken_back(request, super().add_view, form_url, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return self.taken_back(request, super().change_view, object_id, form_url, extra_context)

    def taken_back(self, request, view, *args):
        if not is_shown(request):
            return view(request, *args)
        with saving():
            response = view(request, *args)
            if hasattr(response, "render"):
                response.render()
            transaction.set_rollback(True)
        list(messages.get_messages(request))  # what saving would tell, nobody is told elsewhere
        return response

    def save_model(self, request, obj, form, change):
        if is_shown(request) and isinstance(form.cleaned_data.get("file"), UploadedFile):
            obj.file = form.initial.get("file") or ""  # as below
            request.is_upload_left_out = True
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        if is_shown(request) and formset.model is Photo:
            for each in formset.forms:
                if "image" in each.changed_data:  # a file on the disk is not taken back
                    each.changed_data = []
                    request.is_upload_left_out = True
        super().save_formset(request, form, formset, change)

    def response_add(self, request, obj, post_url_continue=None):
        if is_shown(request):
            return self.show(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return (
            self.show(request, obj) if is_shown(request) else super().response_change(request, obj)
        )

    def show(self, request, page):
        asked, is_left_out = request.POST["_show"], hasattr(request, "is_upload_left_out")
        language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        context = {"is_unsaved": True, "is_upload_left_out": is_left_out}
        # Another language would have to be asked for with all that is typed.
        return as_it_is(page, request, language, languages=[], **context)

    def render_change_form(self, request, context, *args, **kwargs):
        may_save = self.has_change_permission(request, context.get("original"))
        if may_save and not context.get("is_popup"):
            context["shown_in"] = [code for code, _name in settings.LANGUAGES]
        context["is_not_shown"] = is_shown(request)
        return super().render_change_form(request, context, *args, **kwargs)


def is_shown(request):
    return "_show" in request.POST
