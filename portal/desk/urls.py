"""The addresses of a person's own desk."""

from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.desk import views
from portal.desk.confirming import confirm
from portal.desk.contesting import appeal
from portal.desk.correcting import correction
from portal.desk.decision_link import decision_link
from portal.desk.handing_over import handing_over
from portal.desk.hearing import hearing
from portal.desk.messaging import attachment, write
from portal.desk.signing import by_account, by_link, open_link
from procedures.policies import by_secret, signed_in

app_name = "desk"

reading = require_GET
writing = require_http_methods(["GET", "POST"])

urlpatterns = [
    path("", signed_in(reading(views.home)), name="home"),
    path("messages/", signed_in(writing(views.messages)), name="messages"),
    path("confirm/", by_secret(writing(by_link)), name="signatory"),
    path("confirm/<uuid:confirmation>/", signed_in(writing(by_account)), name="confirmation"),
    path("confirm/<str:secret>/", by_secret(reading(open_link)), name="signatory_link"),
    path("decision/<str:secret>/", by_secret(writing(decision_link)), name="decision_link"),
    path("asked/<uuid:case>/", signed_in(writing(hearing)), name="hearing"),
    path("filing/<uuid:draft>/", signed_in(writing(confirm)), name="confirm"),
    path("cases/<uuid:case>/tracking/", signed_in(require_POST(views.new_tracking_code)), name="new_tracking_code"),
    path("cases/<uuid:case>/", signed_in(reading(views.case)), name="case"),
    path("cases/<uuid:case>/filed/", signed_in(reading(views.filed)), name="filed"),
    path("cases/<uuid:case>/correction/", signed_in(writing(correction)), name="correction"),
    path("cases/<uuid:case>/withdraw/", signed_in(writing(views.withdrawal)), name="withdraw"),
    path("cases/<uuid:case>/appeal/", signed_in(writing(appeal)), name="appeal"),
    path("cases/<uuid:case>/receipt/", signed_in(reading(views.receipt)), name="receipt"),
    path("cases/<uuid:case>/hand-over/", signed_in(writing(handing_over)), name="hand_over"),
    path("cases/<uuid:case>/messages/", signed_in(require_POST(write)), name="write"),
    path("cases/<uuid:case>/messages/<uuid:upload>/", signed_in(reading(attachment)), name="attachment"),
    path("cases/<uuid:case>/papers/<uuid:upload>/", signed_in(reading(views.paper)), name="paper"),
    path("documents/<slug:document>/", signed_in(reading(views.document)), name="document"),
]
