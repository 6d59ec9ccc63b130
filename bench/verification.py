"""Public verification of a code over a million documents (B4): `python bench/verification.py [documents]`.

A copy of the tests' PostgreSQL is filled with documents; the server of production (granian, one thread a worker) runs
on loopback. Throughput: one connection asks as fast as it is answered, in turn the page of a scan and a bare view that
does one indexed SELECT behind the same middleware, medians of rounds. Then 300 requests a second are begun on time,
whether or not earlier ones were answered. The status list is built of the same documents.
"""

import gzip
import http.client
import os
import queue
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
DOCUMENTS, ASKED, REVOKED = 1_000_000, 2_000, 0.002
ROUNDS, EACH, LEAST_RATIO = 7, 150, 0.80
RATE, SECONDS, CONNECTIONS, MOST_P95_MS, MOST_KB = 300, 10, 32, 50, 40


def main(documents: int) -> int:
    from tests.databases import PostgreSQLTemplate

    template = PostgreSQLTemplate(ROOT, "bench")
    template.prepare()
    with tempfile.TemporaryDirectory(prefix="takwin-bench-") as var, template.lent(Path(var)) as url:
        told = {"TAKWIN_VAR": var, "TAKWIN_DATABASE_URL": url, "TAKWIN_TEST_DATABASE": "postgresql"}
        told["TAKWIN_COUNT_SECONDS"] = "5"  # as a site counts; tests count at once
        os.environ.update(told | {"DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONPATH": str(ROOT)})
        import django

        django.setup()
        codes = filled(documents)
        rows = [*list_figures(), *served(codes)]
    for promise, wanted, measured, held in rows:
        print(f"{promise:<58} {wanted:>12} {measured:>12}  {'held' if held else 'not held'}")
    return 0 if all(held for *_figures, held in rows) else 1


def filled(documents: int) -> list[str]:
    """Documents of one content under codes of their own, two in a thousand revoked; gives some of the codes."""
    from django.conf import settings
    from django.db import connection

    from procedures.documents import codes
    from procedures.documents.key_making import make_keys
    from procedures.documents.models import Document

    make_keys(settings.TAKWIN_KEYS)
    kid = one_key()
    titles = '{"ar": "قرار معادلة", "fr": "Décision d’équivalence", "en": "Equivalence decision"}'
    content = '{"short_name": {"ar": "ياسين ب.", "lat": "Yassine B."}}'
    fields = (
        "public_id, number, procedure, output, row, kind_number, frame, titles, holder_ar, holder_lat, content, "
        "template_version, claims, kid, cose, cose_digest, status_index, issued_on, state, stored, file_sha256, "
        "unsealed_sha256, prepared_at, prints"
    )
    places = random.Random(4).sample(range(2 * documents + 2**20), documents)
    made: list[str] = []
    began = time.perf_counter()
    with connection.cursor() as cursor, cursor.copy(f"COPY documents_document ({fields}) FROM STDIN") as copy:
        for number, place in enumerate(places):
            code = codes.new_id()
            if number % (documents // ASKED or 1) == 0:
                made.append(code)
            copy.write_row((
                code, f"EQV-{number}", "equivalence", "equivalence", "", 301, "decision", titles, "ياسين", "Yassine",
                content, "1", "{}", kid, b"x", f"{number:064x}", place, "2026-11-02", "issued", "", f"{number:064x}",
                "", "2026-11-02T10:00:00+00:00", 0,
            ))  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO documents_statusperiod (document_id, status, since, reason) "
            "SELECT id, 'revoked', '2026-11-03', 'error' FROM documents_document WHERE random() < %s",
            [REVOKED],
        )
        cursor.execute("ANALYZE")
    print(f"{Document.objects.count()} documents in {time.perf_counter() - began:.0f} s; load {os.getloadavg()[0]:.1f}")
    connection.close()
    return made


def one_key() -> str:
    from procedures.documents.models import SealKey

    return SealKey.objects.filter(purpose="qr").values_list("kid", flat=True)[0]


def list_figures() -> list[tuple[str, str, str, bool]]:
    from procedures.documents.status_list import places, signed_list

    began = time.perf_counter()
    body = signed_list()
    took = time.perf_counter() - began
    size = len(gzip.compress(body)) / 1000
    return [
        (f"status list of {places()} places, compressed", f"<= {MOST_KB} kB", f"{size:.1f} kB", size <= MOST_KB),
        ("status list built anew", "<= 2 s", f"{took:.2f} s", took <= 2),
    ]


def served(codes: list[str]) -> list[tuple[str, str, str, bool]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port",
         str(port), "--workers", "2", "--blocking-threads", "1", "--log-level", "warning",
         "bench.verification_site:application"],
        cwd=ROOT, start_new_session=True,
    )  # fmt: skip
    try:
        wait_for(port, codes[0])
        pages, bare = throughput(port, codes)
        p95 = at_a_rate(port, codes)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
    ratio, asked, counted = pages / bare, 1 + (ROUNDS + 1) * EACH + RATE * SECONDS, verifications_counted()
    print(f"page {pages:.0f} a second, bare {bare:.0f} a second")
    return [
        ("throughput beside a bare indexed SELECT", f">= {LEAST_RATIO:.2f}", f"{ratio:.2f}", ratio >= LEAST_RATIO),
        (f"p95 at {RATE} requests a second", f"<= {MOST_P95_MS} ms", f"{p95:.0f} ms", p95 <= MOST_P95_MS),
        ("verifications counted once the server is stopped", str(asked), str(counted), counted == asked),
    ]


def verifications_counted() -> int:
    from django.db import connection
    from django.db.models import Sum

    from portal.verification.models import Verified

    counted = Verified.objects.aggregate(Sum("times"))["times__sum"] or 0
    connection.close()
    return int(counted)


def wait_for(port: int, code: str) -> None:
    for _try in range(120):
        try:
            assert ask(http.client.HTTPConnection("127.0.0.1", port, timeout=10), f"/V/{code}") == 200
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the server does not answer")


def ask(connection: http.client.HTTPConnection, address: str) -> int:
    connection.request("GET", address, headers={"Host": "localhost", "Accept-Language": "fr"})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def throughput(port: int, codes: list[str]) -> tuple[float, float]:
    """Answers a second of the page and of the bare view."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    rates: dict[str, list[float]] = {"/V/{}": [], "/bare/{}/": []}
    for _round in range(ROUNDS + 1):
        for address, found in rates.items():
            chosen = random.sample(codes, EACH)
            began = time.perf_counter()
            for code in chosen:
                assert ask(connection, address.format(code)) == 200
            found.append(EACH / (time.perf_counter() - began))
    return tuple(statistics.median(found[1:]) for found in rates.values())  # type: ignore[return-value]


def at_a_rate(port: int, codes: list[str]) -> float:
    """The 95th of a hundred waits in milliseconds, each counted from the moment the request was due."""
    due: queue.SimpleQueue[float | None] = queue.SimpleQueue()
    waits: list[float] = []

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while (moment := due.get()) is not None:
            ask(connection, f"/V/{random.choice(codes)}")
            waits.append(time.perf_counter() - moment)

    threads = [threading.Thread(target=client) for _connection in range(CONNECTIONS)]
    for each in threads:
        each.start()
    began = time.perf_counter()
    for number in range(RATE * SECONDS):
        moment = began + number / RATE
        time.sleep(max(0.0, moment - time.perf_counter()))
        due.put(moment)
    for _each in threads:
        due.put(None)
    for each in threads:
        each.join()
    waits.sort()
    return waits[int(len(waits) * 0.95)] * 1000


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS))
