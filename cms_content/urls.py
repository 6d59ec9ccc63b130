"""Published pages, as Wagtail serves them, without the login page that it brings: people enter through ours."""

from django.urls import path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls

from procedures.policies import public

LOGIN = "wagtailcore_login"  # Wagtail leads there from pages that editors have closed to the public

urlpatterns = [
    path("_util/login/", public(RedirectView.as_view(pattern_name="account_login", query_string=True)), name=LOGIN),
    *(pattern for pattern in wagtail_urls.urlpatterns if pattern.name != LOGIN),
]
