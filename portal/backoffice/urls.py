"""Addresses of the officers' rooms, under /office/."""

from django.urls import path

from portal.backoffice.views.act import act
from portal.backoffice.views.case import attached, case, paper, reveal, write
from portal.backoffice.views.desk_filing import appeal_at_desk, file_at_desk, filed_at_desk, receipt_at_desk
from portal.backoffice.views.documents import decide, document, documents, file, proposals, propose
from portal.backoffice.views.handing_over import export_handed_over, hand_document_over, handed_over
from portal.backoffice.views.held import held, release
from portal.inboxes.views.inbox import inbox

app_name = "backoffice"

urlpatterns = [
    path("", inbox, name="inbox"),
    path("cases/<uuid:case>/", case, name="case"),
    path("cases/<uuid:case>/papers/<uuid:upload>/", paper, name="paper"),
    path("cases/<uuid:case>/messages/", write, name="write"),
    path("cases/<uuid:case>/messages/<uuid:upload>/", attached, name="attachment"),
    path("cases/<uuid:case>/reveal/", reveal, name="reveal"),
    path("cases/<uuid:case>/appeal/", appeal_at_desk, name="appeal_at_desk"),
    path("cases/<uuid:case>/<slug:action>/", act, name="act"),
    path("desk/", file_at_desk, name="file_at_desk"),
    path("desk/<uuid:case>/", filed_at_desk, name="filed_at_desk"),
    path("desk/<uuid:case>/receipt/", receipt_at_desk, name="receipt_at_desk"),
    path("documents/", documents, name="documents"),
    path("documents/proposals/", proposals, name="proposals"),
    path("documents/held/", held, name="held"),
    path("handed-over/", handed_over, name="handed_over"),
    path("handed-over/export/", export_handed_over, name="export_handed_over"),
    path("documents/<str:document>/", document, name="document"),
    path("documents/<str:document>/hand-over/", hand_document_over, name="hand_document_over"),
    path("documents/<str:document>/file/", file, name="file"),
    path("documents/<str:document>/propose/", propose, name="propose"),
    path("documents/<str:document>/decide/", decide, name="decide"),
    path("documents/<str:document>/release/", release, name="release"),
]
