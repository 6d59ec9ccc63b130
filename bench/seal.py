"""How dear one sealed certificate is, beside WeasyPrint used plainly: `python bench/seal.py [documents]`.

CPU time of this process in a warm worker, each kind of work done in turn within one run, medians. The plain way is
frozen in bench/certificate: one page with its style inside, whole fonts and style read anew, the QR code drawn as SVG.
The time stamp is made here by a local stamper, in RSA; a real one costs a wait on the network instead.
"""

import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FROZEN = Path(__file__).parent / "certificate"
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")


def main(times: int) -> int:
    import django

    django.setup()
    from django.conf import settings

    from procedures.documents.key_making import make_files

    with tempfile.TemporaryDirectory() as folder:
        settings.TAKWIN_KEYS = Path(folder) / "keys"
        make_files(settings.TAKWIN_KEYS, datetime.now(UTC))
        rows = measured(times)
    for row in (("promise", "figure", "measured", "held"), *rows):
        print("{:<52} {:>10} {:>10}  {}".format(*row))
    return 0 if all(row[3] == "held" for row in rows) else 1


def measured(times: int) -> list[tuple[str, str, str, str]]:
    from procedures.documents.sealing import sealed_pdf

    frozen = json.loads((FROZEN / "decision.json").read_text())
    pdf = rendered(frozen)
    works: dict[str, Callable[[], bytes]] = {
        "plain": lambda: plain(frozen),
        "render": lambda: rendered(frozen),
        "seal": lambda: sealed_pdf(pdf),
    }
    spent: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(times + 2):  # two turns to warm up
        for name, work in works.items():
            took = cpu_ms(work)
            if turn > 1:
                spent[name].append(took)
    cost = {name: statistics.median(figures) for name, figures in spent.items()}
    print(", ".join(f"{name} {figure:.0f} ms" for name, figure in cost.items()), f"(medians of {times})\n")
    weight = len(sealed_pdf(pdf)) / 1000
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return [
        row("B7 a certificate, part of what plain WeasyPrint costs", cost["render"] / cost["plain"], 0.40, "{:.2f}"),
        row("B8 rendered and sealed (PAdES B-LT)", cost["render"] + cost["seal"], 170, "{:.0f} ms"),
        row("B8 size of the sealed file", weight, 80, "{:.0f} kB"),
        row("B8 memory of the process, plain rendering included", memory, 130, "{:.0f} MB"),
    ]


def row(promise: str, found: float, most: float, unit: str) -> tuple[str, str, str, str]:
    return promise, "<= " + unit.format(most), unit.format(found), "held" if found <= most else "not held"


def cpu_ms(work: Callable[[], bytes]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def rendered(frozen: dict[str, Any]) -> bytes:
    from django.utils.translation import override

    from procedures.documents.rendering import Print, render

    paper = Print(
        public_id=frozen["public_id"],
        issued_on=date.fromisoformat(frozen["issued_on"]),
        code_text=frozen["code_text"],
        credential=frozen["credential"],
        field_title="Seal",
    )
    with override("ar"):
        return render("decision", frozen["content"], paper)


def plain(frozen: dict[str, Any]) -> bytes:
    from weasyprint import HTML, Attachment
    from weasyprint.urls import URLFetcherResponse

    from procedures.documents.rendering.fetching import LockedFetcher

    class FrozenFetcher(LockedFetcher):
        """The whole fonts of the day on which the page was frozen, before they were cut to what we print."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            font = FROZEN / url.removeprefix("portal:")
            if font.suffix == ".ttf" and font.is_file():
                return URLFetcherResponse(url, font.read_bytes(), {"Content-Type": "font/ttf"})
            return super().fetch(url, headers)

    html = HTML(string=(FROZEN / "naive.html.txt").read_text(), base_url="portal:", url_fetcher=FrozenFetcher())
    attached = Attachment(string=json.dumps(frozen["credential"]), name="credential.json", relationship="Data")
    pdf: bytes = html.write_pdf(pdf_variant="pdf/a-3a", attachments=[attached])
    return pdf


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 25))
