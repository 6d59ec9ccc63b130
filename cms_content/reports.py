"""Rows that an editor must look at again: their part is gone, or its default was rewritten."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cms_content.overriding import faults
from procedures.policies import staff


@staff("editor", "administrator")
def changes_to_review(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("cms_content.change_procedurewords"):
        raise PermissionDenied
    lines = [
        {"fault": fault, "edit": reverse(fault.row.snippet_viewset.get_url_name("edit"), args=[fault.row.pk])}
        for fault in faults()
    ]
    return render(request, "cms_content/admin/review.html", {"lines": lines, "page_title": _("Changes to review")})
