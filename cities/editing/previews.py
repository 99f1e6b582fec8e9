"""Pages as they will look, for those who may edit them and for nobody else."""

from django.contrib import admin
from django.http import Http404
from django.urls import reverse

from ..models import City, Practice, Topic
from ..views.pages import CityDetail, PracticeDetail
from ..views.topics import TopicDetail
from .roles import editable


class Preview:
    """The page that visitors will get, from what is saved; kept by no browser and no cache."""

    def dispatch(self, request, *args, **kwargs):
        if not admin.site.has_permission(request):
            raise Http404
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def get_context_data(self, **kwargs):
        opts = self.object._meta
        back = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[self.object.pk])
        return super().get_context_data(back_to_form=back, **kwargs)


class CityPreview(Preview, CityDetail):
    def shown(self):
        return editable(City.objects.all(), self.request.user)


class TopicPreview(Preview, TopicDetail):
    def shown(self):
        return editable(Topic.objects.all(), self.request.user)


class PracticePreview(Preview, PracticeDetail):
    def shown(self):
        return editable(Practice.objects.all(), self.request.user)
