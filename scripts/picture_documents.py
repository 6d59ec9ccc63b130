"""Draw an invented document of each member of the family: the pictures of docs/documents.md.

With the letterhead of the demonstration: `make demo` once, then `.venv/bin/python -m scripts.picture_documents`.
"""

import os
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "documents"
SCALE = 1.25  # 90 dots an inch: words can be read, a file stays small
SEAL = "SAMPLE-" * 28  # as long as the code of a real seal
GIVEN = ("diploma", "certificate", "attestation", "nominal_list", "convocation", "verification_report", "duplicate")
BY_THE_ENGINE = ("decision", "receipt", "refusal", "minutes")


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    import django

    django.setup()
    import pypdfium2
    from django.utils.translation import override

    from procedures.documents.rendering import Print, render
    from tests.procedures.documents import engine_specimens, specimens

    FOLDER.mkdir(parents=True, exist_ok=True)
    made = [(name, getattr(specimens, name)) for name in GIVEN]
    made += [(name, getattr(engine_specimens, name)) for name in BY_THE_ENGINE]
    for name, make in made:
        paper = Print(
            public_id=specimens.CODE,
            issued_on=specimens.ISSUED,
            code_text=f"SAMPLE {specimens.CODE} {SEAL}",
            credential={"sample": True},
            field_title="Sample",
        )
        specimen = make()
        with override("ar"):
            pdf = pypdfium2.PdfDocument(render(specimen.template, specimen.content, paper))
        pdf[0].render(scale=SCALE).to_pil().quantize(64).save(FOLDER / f"{name}.png", optimize=True)
        pdf.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
