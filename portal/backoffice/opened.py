"""A case that an officer has before them: its frozen procedure, its answers, and what is open to this officer."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from portal.backoffice.forms import KINDS, KINDS_OF_A_FILE, KINDS_OF_AN_ACT
from procedures import asking, reading
from procedures.cases import access, selectors
from procedures.cases.models import Case, Decision, StageRecord
from procedures.cases.situations import procedure_of
from procedures.cases.standing import Standing
from procedures.definition import Block, Group, Procedure, Stage
from procedures.evidence.models import Upload
from procedures.mandates.models import Mandate
from procedures.mandates.selectors import mandate_behind
from procedures.registry import UnknownProcedure
from procedures.sources.known import Origin
from procedures.sources.renewing import Since, changes_since
from procedures.sources.services import origins_of


@dataclass
class OpenedCase:
    case: Case
    reader: Any
    language: str

    @property
    def is_file(self) -> bool:
        """Whether the authority opened it about somebody."""
        return self.case.opened_by_id is not None

    @property
    def kinds_in_words(self) -> dict[str, Any]:
        """What each kind of decision is called where this case is decided."""
        if not self.is_file:
            return KINDS
        unheard = self.procedure is not None and bool(self.procedure.unheard)
        return KINDS | KINDS_OF_A_FILE | (KINDS_OF_AN_ACT if unheard else {})

    @property
    def address(self) -> str:
        return reverse("backoffice:case", args=(self.case.public_id,))

    @cached_property
    def snapshot(self) -> dict[str, Any]:
        content: dict[str, Any] = self.case.snapshot.content
        return content

    @cached_property
    def procedure(self) -> Procedure | None:
        """The procedure as it was on the day of filing; none when its plugin is gone: then the case is only read."""
        try:
            return procedure_of(self.case)
        except UnknownProcedure:
            return None

    @cached_property
    def standing(self) -> Standing:
        return access.standing_of(self.reader, self.case)

    @cached_property
    def stage(self) -> Stage | None:
        route = self.procedure.route if self.procedure else ()
        return route[self.case.stage] if self.case.stage < len(route) else None

    @cached_property
    def stage_blocks(self) -> tuple[Block, ...]:
        """What those who handle the present stage are asked themselves."""
        return asking.blocks_of(self.stage) if self.stage else ()

    @cached_property
    def answers(self) -> dict[str, Any]:
        return selectors.answers_of(self.case)

    @cached_property
    def actions(self) -> frozenset[str]:
        """Names of the services that this officer may call now; none when the plugin is gone."""
        return access.actions_open_to(self.reader, self.case, self.standing) if self.procedure else frozenset()

    @cached_property
    def in_name_of(self) -> Any:
        """The colleague in whose name this officer would act here, by their delegation."""
        return access.in_whose_name(self.reader, self.case, self.standing) if self.procedure else None

    @cached_property
    def record(self) -> StageRecord | None:
        """Where the case stands: the office and the role that handle it now."""
        return selectors.open_stage(self.case)

    @cached_property
    def decision(self) -> Decision | None:
        """The decision that lies ready for signature, or was signed."""
        found: Decision | None = selectors.standing_decision(self.case)
        return found

    @cached_property
    def sent_back(self) -> Decision | None:
        return self.case.decisions.exclude(sent_back_at=None).last()

    @cached_property
    def reasons(self) -> dict[str, str]:
        """Grounds of a decision in words, by code: those of the procedure at the filing, and the rules that failed."""
        codes = [reason["code"] for reason in self.snapshot["reasons"]]
        codes += [told["rule"] for told in self.case.explanations if told["outcome"] == "failed"]
        return {code: reading.read_reason(self.snapshot, code, self.language) for code in codes}

    @cached_property
    def sections(self) -> tuple[reading.Section, ...]:
        """The applicant's answers as they stand, each that a correction changed with what it was before."""
        patches = self.case.corrections.exclude(returned_at=None).values_list("patch", flat=True)
        changed = {path for patch in patches for path in patch}
        before = self.case.answers if changed else None
        return reading.read_answers(self.snapshot, self.answers, language=self.language, changed=changed, before=before)

    @cached_property
    def origins(self) -> list[tuple[str, Origin]]:
        """Answers and papers that the applicant took from what was known, each with where it comes from."""
        found = origins_of(self.case, self.case.answers)
        return [(self.label(path), origin) for path, origin in found.items()]

    @cached_property
    def since(self) -> Since | None:
        """What differs from the earlier case that the applicant began from."""
        return changes_since(self.case, self.answers, self.snapshot, self.language)

    @cached_property
    def mandate(self) -> Mandate | None:
        """The mandate under which a proxy filed it."""
        return mandate_behind(self.case.draft_id)

    @cached_property
    def uploads(self) -> list[Upload]:
        """Every file of the case, the oldest first."""
        return list(self.case.uploads.order_by("received_at"))

    def label(self, path: str) -> str:
        """What an address names, in words."""
        return reading.read_label(self.snapshot, path, self.language)

    def proposed(self, block: Block) -> Mapping[str, Any]:
        """What a stage's questions start with: what was kept, else the decision sent back, else what the commission
        proposed by that name, else what the applicant asked."""
        if self.record is not None and block.code in self.record.answers:
            return dict(self.record.answers[block.code])
        if self.sent_back and block.code in self.sent_back.answers:
            return dict(self.sent_back.answers[block.code])
        asked = [asked for step in self.procedure.steps for asked in asking.blocks_of(step)] if self.procedure else []
        found: dict[str, Any] = {}
        for other in asked:
            given = self.answers.get(other.code)
            if isinstance(given, dict) and not isinstance(other, Group):
                found |= {name: given[name] for name in block.asks.base_fields if name in given}
        record = selectors.commission_of(self.case)
        for given in record.answers.values() if record else ():
            if isinstance(given, dict):
                found |= {name: given[name] for name in block.asks.base_fields if name in given}
        return found
