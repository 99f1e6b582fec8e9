from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.generic import TemplateView

from cities.publishing.catalog import dcat
from cities.publishing.sitemaps import SITEMAPS
from cities.views.pages import record_page
from cities.views.styleguide import styleguide
from precursors.password_reset import Ask, Confirm
from precursors.security_txt import security_txt
from precursors.uploads import serve

handler400 = "precursors.limits.not_understood"
handler500 = "precursors.outage.server_fault"

asking_for_a_password = [
    path("", Ask.as_view(), name="admin_password_reset"),
    path("sent/", auth_views.PasswordResetDoneView.as_view(), name="password_reset_done"),
]
choosing_a_password = [  # by a link that came by mail, or that an administrator handed over
    path("<uidb64>/<token>/", Confirm.as_view(), name="password_reset_confirm"),
    path("done/", auth_views.PasswordResetCompleteView.as_view(), name="password_reset_complete"),
]
password_reset = (asking_for_a_password if settings.SENDS_MAIL else []) + choosing_a_password

urlpatterns = [
    path(f"{settings.ADMIN_PATH}password-reset/", include(password_reset)),
    path(settings.ADMIN_PATH, admin.site.urls),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS, "template_name": "sitemap.xml"}),
    path("robots.txt", TemplateView.as_view(template_name="robots.txt", content_type="text/plain")),
    path("data/catalog.jsonld", dcat, name="dcat"),
    path(".well-known/security.txt", security_txt),
    # A web server in front may serve these itself; on one small machine this does.
    # Names are ours and short: a file system fails on longer ones.
    re_path(r"^media/(?P<path>[a-zA-Z0-9_./-]{1,200})$", serve),
    path("id/<uuid:uuid>", record_page, name="record"),
    *i18n_patterns(path("", include("cities.urls"))),
]

if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide))
