"""A few invented cases at different stages, so that every account of the demonstration has something to open.

They are made through the engine's services alone, so they are what real cases are: numbered, audited, sealed.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal.accounts.models import User
from portal.demonstration import commission
from portal.journey.papers import scan
from procedures.cases import services
from procedures.cases.models import Case
from procedures.evidence.services import receive_paper
from procedures.resolving import resolve
from procedures.rules import Situation
from procedures.serving.services import note_opened
from procedures.testing import sample_answers, sample_stage_answers

CODE = "foreign_certificate_equivalence"
REASON = "body_not_recognised"
MOTIVATION = "لم ترد تسمية الهيكل الذي سلّم الشهادة في القائمة التي اطّلعت عليها اللجنة (مثال تجريبي)."


@dataclass(frozen=True)
class Filing:
    """Who is said to file, how many days ago, how far the case came, and what sets it apart."""

    first_ar: str
    last_ar: str
    first_lat: str
    last_lat: str
    days_ago: int
    reached: str
    title: str
    country: str
    account: str = "trainee"

    @property
    def key(self) -> uuid.UUID:
        """The same at each loading, so that a filing is made once."""
        return uuid.uuid5(uuid.NAMESPACE_DNS, f"{self.last_lat}.{self.days_ago}.demo.takwin.example")


FILINGS = (
    Filing("آمنة", "بن ڨردان", "Amna", "Ben Gardane", 40, "issued", "Manutentore di impianti industriali", "IT"),
    Filing("آمنة", "بن ڨردان", "Amna", "Ben Gardane", 33, "refused", "Certificat d’aide-cuisinier", "BE"),
    Filing("آمنة", "بن ڨردان", "Amna", "Ben Gardane", 6, "correction", "Operatore meccanico", "IT"),
    Filing("ياسين", "الورتاني", "Yassine", "Ouertani", 3, "completeness", "CAP cuisine", "FR", "centre"),
    Filing("هاجر", "الڨفصي", "Hajer", "Gafsi", 9, "completeness", "Fachkraft für Lagerlogistik", "DE", "centre"),
    Filing("معز", "الطرابلسي", "Moez", "Trabelsi", 15, "instruction", "BP coiffure", "FR", "centre"),
    Filing("سلوى", "الهمامي", "Saloua", "Hammami", 21, "commission", "Technicien en froid", "MA", "centre"),
    Filing("ريم", "العيّاري", "Rim", "Ayari", 24, "commission", "Manutentore di impianti industriali", "IT", "centre"),
    Filing("نضال", "العبيدي", "Nidhal", "Abidi", 28, "signature", "Électricien du bâtiment", "DZ", "centre"),
)


class Walk:
    """One filing, taken to where it is wanted by the people whose acts those are."""

    def __init__(self, filing: Filing) -> None:
        self.filing = filing
        self.case = self._filed()

    def go(self) -> None:
        for reached, act in (
            ("completeness", None),  # a case that is filed stands there
            ("correction", self._ask_correction),
            ("instruction", self._accept),
            ("commission", self._examine),
            ("decision", self._deliberate),
            ("signature", self._prepare),
            ("issued", self._sign),
            ("refused", self._read),
        ):
            if reached == "correction" and self.filing.reached != "correction":
                continue
            if act:
                act()
            if reached == self.filing.reached:
                break

    @property
    def is_refused(self) -> bool:
        return self.filing.reached == "refused"

    def _filed(self) -> Case:
        filing, moment = self.filing, timezone.now() - timedelta(days=self.filing.days_ago)
        day = timezone.localdate(moment)
        procedure = resolve(CODE, on=day)
        names = {
            "first_name_ar": filing.first_ar, "last_name_ar": filing.last_ar,
            "first_name_lat": filing.first_lat, "last_name_lat": filing.last_lat,
        }  # fmt: skip
        answers = sample_answers(
            procedure,
            on=day,
            identity=names,
            contact={"governorate": "TN-82"},
            foreign_certificate={"title": filing.title, "country": filing.country},
        )
        situation = Situation(procedure, answers, on=day)
        account = person(filing.account)
        case = services.file_case(
            draft_id=filing.key,
            procedure=procedure,
            answers=answers,
            situation=situation,
            applicant=account,
            language="ar",
            on=moment,
        )
        for seed, (paper, row) in enumerate(situation.asked_papers()):
            file = SimpleUploadedFile(f"{paper.code}.pdf", scan(f"DEMO {paper.code}", 1, seed), "application/pdf")
            receive_paper(case=case, paper=paper.code, row=row, file=file, by=account)
        return case

    def _ask_correction(self) -> None:
        note = "الصورة غير واضحة: أعد تصوير كلّ صفحة في ضوء النهار."
        item = {"path": "paper.transcripts", "reason": "unreadable", "note": note}
        services.ask_correction(case=self.case, by=person("officer"), version=self.case.version, items=[item], note="")

    def _accept(self) -> None:
        services.accept_completeness(case=self.case, by=person("officer"), version=self.case.version)

    def _examine(self) -> None:
        services.close_instruction(
            case=self.case, by=person("central"), version=self.case.version, answers=self._answers("instruction")
        )

    def _deliberate(self) -> None:
        if self.is_refused:
            commission.hold(self.case, {}, opinion="unfavourable")
        else:
            commission.hold(self.case, self._answers("commission"))
        self.case.refresh_from_db()

    def _prepare(self) -> None:
        said: dict[str, Any] = {"kind": "grant", "answers": self._answers("decision")}
        if self.is_refused:
            said = {"kind": "refuse", "reasons": (REASON,), "motivation": MOTIVATION}
        services.prepare_decision(case=self.case, by=person("central"), version=self.case.version, **said)

    def _sign(self) -> None:
        services.sign(case=self.case, by=person("signatory"), version=self.case.version)

    def _read(self) -> None:
        """Whoever filed it has opened its page: the time to appeal runs from today."""
        self.case.refresh_from_db()
        note_opened(case=self.case, by=person(self.filing.account))

    def _answers(self, stage: str) -> dict[str, Any]:
        return sample_stage_answers(resolve(CODE), stage)


def person(code: str) -> User:
    return User.objects.get(email=f"{code}@demo.takwin.example")


def file_all() -> int:
    """File what was not filed before; running it again changes nothing."""
    made = 0
    for filing in FILINGS:
        if not Case.objects.filter(draft_id=filing.key).exists():
            Walk(filing).go()
            made += 1
    if made:
        commission.call_the_next()
    return made
