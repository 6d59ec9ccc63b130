"""Draw an invented document of each member of the family: pictures for docs/documents.md."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import override

from procedures.documents import engine_specimens, specimens
from procedures.documents.rendering import Print, render
from procedures.documents.specimens import Specimen

MEMBERS: dict[str, Callable[[], Specimen]] = {
    "decision": engine_specimens.decision,
    "receipt": engine_specimens.receipt,
    "refusal": engine_specimens.refusal,
    "minutes": engine_specimens.minutes,
    "diploma": specimens.diploma,
    "certificate": specimens.certificate,
    "attestation": specimens.attestation,
    "nominal_list": specimens.nominal_list,
    "convocation": specimens.convocation,
    "verification_report": specimens.verification_report,
    "duplicate": specimens.duplicate,
}
SCALE = 1.25  # 90 dots an inch: words can be read, a file stays small
SEAL = "SAMPLE-" * 28  # as long as the code of a real seal


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=Path("docs/pictures/documents"))

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        for name, make in MEMBERS.items():
            specimen = make()
            paper = Print(
                public_id=specimens.CODE,
                issued_on=specimens.ISSUED,
                code_text=f"SAMPLE {specimens.CODE} {SEAL}",
                credential={"sample": True},
                field_title="Sample",
            )
            with override("ar"):
                pdf = pypdfium2.PdfDocument(render(specimen.template, specimen.content, paper))
            pdf[0].render(scale=SCALE).to_pil().quantize(64).save(folder / f"{name}.png", optimize=True)
            self.stdout.write(f"{name}: {len(pdf)}")
            pdf.close()
