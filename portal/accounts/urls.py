"""Addresses of a person's account beside allauth's own."""

from django.urls import path

from portal.accounts.invited import accept_invitation, open_invitation
from portal.accounts.reauthentication import require_recent
from portal.accounts.views import PhoneSignupView, account_settings, recover, recover_code
from procedures.policies import by_secret, public, signed_in, staff

app_name = "accounts"
at_a_desk = staff("desk_officer", "administrator")
urlpatterns = [
    path("", signed_in(account_settings), name="settings"),
    path("signup/phone/", public(PhoneSignupView.as_view()), name="signup_by_phone"),
    path("invitation/", by_secret(accept_invitation), name="accept_invitation"),
    path("invitation/<str:secret>/", by_secret(open_invitation), name="invitation"),
    path("recover/", at_a_desk(recover), name="recover"),
    path("recover/<int:recovery>/", at_a_desk(require_recent(recover_code)), name="recover_code"),
]
