from pathlib import Path
import pytest
from procedures.documents.issuing import rendered
from procedures.documents.services import prepare_receipt
from tests.procedures.documents.factories import decided, filed_case, prepared_decision
from procedures.documents import services
pytestmark = pytest.mark.django_db
def test_look():
    d = prepared_decision()
    Path('/tmp/ar_ed/shots/decision.pdf').write_bytes(rendered(d))
    c = filed_case(serial=2)
    Path('/tmp/ar_ed/shots/receipt.pdf').write_bytes(rendered(prepare_receipt(case=c)))
    x = decided(c, "refuse", reasons=["not_recognised"])
    for doc in services.prepare_documents(case=c, decision=x):
        Path(f'/tmp/ar_ed/shots/refusal.pdf').write_bytes(rendered(doc))
