"""Addresses of imports, under /imports/: by the door of an organisation, and by that of the offices."""

from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.imports import views
from portal.imports.doors import by_office, by_organisation
from procedures.policies import signed_in

app_name = "imports_desk"

PAGES = (
    ("", "home", require_safe(views.home)),
    ("new/<slug:kind>/", "new", require_http_methods(["GET", "HEAD", "POST"])(views.new)),
    ("template/<slug:kind>/", "template", require_safe(views.template)),
    ("<uuid:batch>/", "batch", require_safe(views.batch)),
    ("<uuid:batch>/decide/", "decide", require_POST(views.decide)),
    ("<uuid:batch>/cancel/", "cancel", require_POST(views.cancel)),
    ("<uuid:batch>/resume/", "resume", require_POST(views.resume)),
    ("<uuid:batch>/file/", "file", require_safe(views.file)),
)

urlpatterns = [
    path("", signed_in(require_safe(views.doors)), name="home"),
    *(path(f"office/{address}", by_office(view), name=f"office_{name}") for address, name, view in PAGES),
    *(
        path(f"<uuid:organisation>/{address}", by_organisation(view), name=f"own_{name}")
        for address, name, view in PAGES
    ),
]
