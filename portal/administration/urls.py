"""Addresses of the administration's rooms, under /administration/. They hold codes and numbers, never a name."""

from django.urls import path

from portal.administration.views import days, duplicates, offices, people, places, review, rights, specialities, tables
from portal.administration.views.home import home

app_name = "administration"

urlpatterns = [
    path("", home, name="home"),
    path("people/", people.people, name="people"),
    path("people/invite/", rights.invitation, name="invite"),
    path("people/invitations/<int:invitation>/again/", rights.invite_again, name="invite_again"),
    path("people/invitations/<int:invitation>/withdraw/", rights.withdraw, name="withdraw_invitation"),
    path("people/<int:person>/", people.person, name="person"),
    path("people/<int:person>/close/", people.close, name="close_account"),
    path("people/<int:person>/reopen/", people.reopen, name="reopen_account"),
    path("people/<int:person>/reset/", people.reset, name="reset"),
    path("people/<int:person>/reset/decide/", people.decide, name="decide_reset"),
    path("people/<int:person>/sessions/", people.sessions, name="end_sessions"),
    path("people/<int:person>/appoint/", rights.appointment, name="appoint"),
    path("people/<int:person>/absence/", rights.absence, name="absence"),
    path("absences/<int:absence>/back/", rights.back, name="back"),
    path("appointments/<int:membership>/end/", rights.ending, name="end_membership"),
    path("appointments/<int:membership>/prolong/", rights.prolonging, name="prolong_membership"),
    path("offices/", offices.offices, name="offices"),
    path("offices/new/", offices.opening, name="open_office"),
    path("offices/<slug:office>/", offices.office, name="office"),
    path("offices/<slug:office>/change/", offices.changing, name="change_office"),
    path("offices/<slug:office>/close/", offices.closing, name="close_office"),
    path("offices/<slug:office>/reopen/", offices.reopening, name="reopen_office"),
    path("offices/<slug:office>/appoint/", rights.appointment_there, name="appoint_there"),
    path("review/", review.review, name="review"),
    path("review/table/", review.review_table, name="review_table"),
    path("review/<int:membership>/confirm/", review.confirm, name="confirm"),
    path("specialities/", specialities.specialities, name="specialities"),
    path("specialities/new/", specialities.adding, name="add_speciality"),
    path("specialities/load/", tables.load_specialities, name="load_specialities"),
    path("specialities/<str:speciality>/", specialities.speciality, name="speciality"),
    path("specialities/<str:speciality>/change/", specialities.changing, name="change_speciality"),
    path("specialities/<str:speciality>/retire/", specialities.retiring, name="retire_speciality"),
    path("specialities/<str:speciality>/restore/<int:period>/", specialities.restoring, name="restore_speciality"),
    path("moratoria/", days.moratoria, name="moratoria"),
    path("moratoria/new/", days.halting, name="declare_moratorium"),
    path("moratoria/<int:moratorium>/end/", days.stopping, name="end_moratorium"),
    path("places/", places.places, name="places"),
    path("places/new/", places.placing, name="add_place"),
    path("places/load/", tables.load_places, name="load_places"),
    path("places/<slug:place>/", places.renaming, name="rename_place"),
    path("holidays/", days.holidays, name="holidays"),
    path("holidays/new/", days.resting, name="enter_holiday"),
    path("holidays/<int:holiday>/", days.moving, name="change_holiday"),
    path("holidays/<int:holiday>/remove/", days.removing, name="remove_holiday"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<int:proposal>/", duplicates.duplicate, name="duplicate"),
]
