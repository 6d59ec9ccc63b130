"""Addresses of an organisation's own rooms, under /organisation/."""

from django.urls import URLPattern, URLResolver, include, path

from portal.organisation.views import desk, groups, home, invited, staff

app_name = "organisation_desk"

of_staff: list[URLPattern | URLResolver] = [
    path("", staff.staff, name="staff"),
    path("invite/", staff.invite, name="invite"),
    path("invitations/<uuid:invitation>/withdraw/", staff.withdraw_invitation, name="withdraw_invitation"),
    path("absences/<uuid:absence>/end/", staff.back, name="back"),
    path("<uuid:member>/end/", staff.end, name="end"),
    path("<uuid:member>/structures/", staff.limits, name="limits"),
    path("<uuid:member>/absence/", staff.absence, name="absence"),
    path("<uuid:member>/hand-over/", staff.hand_over, name="hand_over"),
]
of_one: list[URLPattern | URLResolver] = [
    path("", desk.desk, name="desk"),
    path("deadlines/", desk.deadlines, name="deadlines"),
    path("structures/<str:number>/", desk.structure, name="structure"),
    path("groups/", groups.groups, name="groups"),
    path("groups/<uuid:group>/", groups.group, name="group"),
    path("exams/", desk.exams, name="exams"),
    path("certificates/", desk.certificates, name="certificates"),
    path("cases/", desk.cases, name="cases"),
    path("staff/", include(of_staff)),
]
urlpatterns = [
    path("", home.home, name="home"),
    path("claim/", home.claim, name="claim"),
    path("claim/join/", home.join, name="join"),
    path("claim/<uuid:claim>/withdraw/", home.withdraw, name="withdraw_claim"),
    path("invitation/", invited.accept, name="accept"),
    path("invitation/<str:secret>/", invited.open_link, name="invitation"),
    path("<uuid:organisation>/", include(of_one)),
]
