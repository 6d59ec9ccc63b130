"""The addresses of the wizard: the same few serve every procedure."""

from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from procedures.fields import Fieldset
from procedures.policies import by_secret, signed_in
from procedures.sources.views import KnownView
from procedures.wizard.copies import device
from procedures.wizard.papers import file_of_a_draft, pages_of_a_paper, preview
from procedures.wizard.parts import PartsView
from procedures.wizard.plan import CHECK
from procedures.wizard.starting import discard, resume, start
from procedures.wizard.views import FileView, StepView

app_name = "wizard"
# formtools wants a list of forms when the address is made; the pages of a draft are known when its draft is.
FORMTOOLS = {"form_list": [(CHECK, Fieldset)], "url_name": "wizard:step", "done_step_name": "filed"}

urlpatterns = [
    path("services/<slug:code>/start/", by_secret(start), name="start"),
    path("drafts/<uuid:draft>/file/", by_secret(require_POST(FileView.as_view(**FORMTOOLS))), name="file"),
    path("drafts/<uuid:draft>/", by_secret(resume), name="resume"),
    path("drafts/<uuid:draft>/device/", by_secret(require_POST(device)), name="device"),
    path("drafts/<uuid:draft>/discard/", by_secret(discard), name="discard"),
    path(
        "drafts/<uuid:draft>/papers/<uuid:upload>/",
        by_secret(require_http_methods(["GET", "POST"])(file_of_a_draft)),
        name="paper",
    ),
    path("drafts/<uuid:draft>/papers/<uuid:upload>/pages/", by_secret(pages_of_a_paper), name="pages"),
    path("drafts/<uuid:draft>/papers/<uuid:upload>/pages/<int:page>/", by_secret(preview), name="preview"),
    path(
        "drafts/<uuid:draft>/papers/parts/",
        by_secret(require_POST(PartsView.as_view(**FORMTOOLS))),
        name="parts",
    ),
    path("drafts/<uuid:draft>/known/<slug:step>/", signed_in(KnownView.as_view(**FORMTOOLS)), name="known"),
    path("drafts/<uuid:draft>/<slug:step>/", by_secret(StepView.as_view(**FORMTOOLS)), name="step"),
]
