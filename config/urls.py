"""Every address of the portal. Pages that people read carry their language; machines' addresses do not."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portal.public.machine_urls")),  # /healthz, / -> /ar/
    path("", include("portal.verification.machine_urls")),  # /V/<id>, /.well-known/jwks.json, /status/, /catalogue.json
    path("cms/", include(wagtailadmin_urls)),
    path("cms-documents/", include(wagtaildocs_urls)),
]
if settings.TAKWIN_DEMONSTRATION:
    urlpatterns += [path("demo/", include("notifications.demo_urls"))]

urlpatterns += i18n_patterns(
    path("accounts/", include("portal.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("verify/", include("portal.verification.urls")),
    path("desk/", include("portal.desk.urls")),
    path("mine/", include("portal.mine.urls")),
    path("office/mismatches/", include("portal.verification.mismatch_urls")),
    path("office/doubts/", include("portal.directory.office_urls")),
    path("office/organisations/", include("portal.organisation.office_urls")),
    path("office/files/", include("portal.files.urls")),
    path("office/visits/", include("portal.visits.urls")),
    path("office/commissions/", include("portal.commissions.urls")),
    path("office/cases/", include("portal.dossiers.urls")),
    path("office/absences/", include("portal.absences.urls")),
    path("office/practice/", include("portal.practice.urls")),
    path("office/", include("portal.inboxes.urls")),
    path("office/", include("portal.backoffice.urls")),
    path("administration/checklists/", include("portal.visits.checklist_urls")),
    path("administration/", include("portal.administration.urls")),
    path("imports/", include("portal.imports.urls")),
    path("organisation/", include("portal.organisation.urls")),
    path("structures/", include("portal.directory.urls")),
    path("circulars/", include("portal.circulars.urls")),
    path("drafts/", include("portal.drafts.urls")),
    path("", include("procedures.wizard.urls")),
    path("", include("portal.public.urls")),
    path("", include("cms_content.urls")),
)

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.forbidden"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.server_error"
