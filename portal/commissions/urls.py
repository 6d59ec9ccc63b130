"""Addresses of the commission room, under /office/commissions/."""

from django.urls import path

from portal.commissions.views.cases import adjourning, case, counting, hands, paper, putting, recusing, vote
from portal.commissions.views.minutes import carrying, closing, correcting, file, minutes, reading, returning, signing
from portal.commissions.views.moving import cancelling, changing
from portal.commissions.views.sessions import (
    agenda,
    attendance,
    convening,
    ending,
    home,
    moving,
    planning,
    removing,
    session,
)

app_name = "commissions"

urlpatterns = [
    path("", home, name="home"),
    path("<slug:commission>/new/", planning, name="plan"),
    path("sessions/<uuid:session>/", session, name="session"),
    path("sessions/<uuid:session>/agenda/", agenda, name="agenda"),
    path("sessions/<uuid:session>/convene/", convening, name="convene"),
    path("sessions/<uuid:session>/change/", changing, name="change"),
    path("sessions/<uuid:session>/cancel/", cancelling, name="cancel"),
    path("sessions/<uuid:session>/attendance/", attendance, name="attendance"),
    path("sessions/<uuid:session>/end/", ending, name="end"),
    path("sessions/<uuid:session>/cases/<int:item>/", case, name="case"),
    path("sessions/<uuid:session>/cases/<int:item>/papers/<uuid:upload>/", paper, name="paper"),
    path("sessions/<uuid:session>/cases/<int:item>/remove/", removing, name="remove"),
    path("sessions/<uuid:session>/cases/<int:item>/move/", moving, name="move"),
    path("sessions/<uuid:session>/cases/<int:item>/recuse/", recusing, name="recuse"),
    path("sessions/<uuid:session>/cases/<int:item>/put/", putting, name="put"),
    path("sessions/<uuid:session>/cases/<int:item>/vote/", vote, name="vote"),
    path("sessions/<uuid:session>/cases/<int:item>/hands/", hands, name="hands"),
    path("sessions/<uuid:session>/cases/<int:item>/count/", counting, name="count"),
    path("sessions/<uuid:session>/cases/<int:item>/adjourn/", adjourning, name="adjourn"),
    path("sessions/<uuid:session>/minutes/", minutes, name="minutes"),
    path("sessions/<uuid:session>/minutes/read/", reading, name="read"),
    path("sessions/<uuid:session>/minutes/correct/", correcting, name="correct"),
    path("sessions/<uuid:session>/minutes/close/", closing, name="close"),
    path("sessions/<uuid:session>/minutes/sign/", signing, name="sign"),
    path("sessions/<uuid:session>/minutes/return/", returning, name="return"),
    path("sessions/<uuid:session>/minutes/carry/", carrying, name="carry"),
    path("sessions/<uuid:session>/minutes/file/", file, name="file"),
]
