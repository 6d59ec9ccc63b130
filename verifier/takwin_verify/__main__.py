"""takwin-verify FILE|URL|PICTURE --jwks KEYS [--status LIST]: is this document genuine, and what is it worth today?"""

import argparse
import json
import locale
import sys
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from takwin_verify import words
from takwin_verify.keys import Key, keys_of
from takwin_verify.pdf_seal import CHANGED, NOT_DONE, pdf_seal_of
from takwin_verify.reading import Code, Unreadable, code_of, codes_in
from takwin_verify.rows import with_rows
from takwin_verify.status import BadList, StatusList, status_list_of
from takwin_verify.verdict import EXITS, FAILS, HOLDS, Verdict, judged

UNREADABLE = 2
SECONDS, MOST_BYTES = 20, 2**22
MARKS = {HOLDS: "✓", FAILS: "✗"}


class Refused(Exception):
    """It could not be asked; the first argument is a code of `words.refusal`, the second what it is about."""


def main(arguments: list[str] | None = None) -> int:
    """The exit status: 0 valid, 1 not genuine, 2 unreadable, 3 no longer valid, 4 status unknown, 5 update needed."""
    asked = _parser().parse_args(arguments)
    try:
        codes, pdf = _codes(asked.document)
        keys, host = _keys(asked.jwks), asked.host or _host_of(asked.jwks)
        statuses = _statuses(asked.status, keys)
    except Refused as why:
        code, about = (*why.args, "")[:2]
        print(words.refusal(code, asked.lang) + about, file=sys.stderr)
        return UNREADABLE
    verdicts = [with_rows(judged(code, keys, statuses, host=host), pdf) for code in codes]
    file_seal = pdf_seal_of(pdf, asked.root) if pdf else NOT_DONE
    told = json.dumps([_plain(each, file_seal) for each in verdicts], ensure_ascii=False, indent=1)
    print(told if asked.json else "\n\n".join(_spoken(each, file_seal, asked.lang) for each in verdicts))
    exits = [EXITS["not genuine"] if file_seal == CHANGED else EXITS[each.said] for each in verdicts]
    return max(exits, key=(0, 3, 4, 5, 1).index)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="takwin-verify", description=__doc__)
    parser.add_argument(
        "document", metavar="FILE|URL|PICTURE", help="a PDF, a picture of the paper, or what its QR holds"
    )
    parser.add_argument(
        "--jwks", required=True, help="the issuer's keys: a file, or https://HOST/.well-known/jwks.json"
    )
    parser.add_argument("--status", help="the status list: a file, or https://HOST/status/0.cwt")
    parser.add_argument("--host", default="", help="the host a genuine code leads to (by default that of --jwks)")
    parser.add_argument("--root", type=Path, action="append", default=[], help="root certificate of the PDF's own seal")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    parser.add_argument("--lang", choices=words.LANGUAGES, default=_language(), help="language of the answer")
    return parser


def _language() -> str:
    spoken = (locale.getlocale()[0] or "en")[:2].lower()
    return spoken if spoken in words.LANGUAGES else "en"


def _codes(document: str) -> tuple[list[Code], Path | None]:
    """The codes to judge, and the PDF they were read from."""
    try:
        if document.lower().startswith(("https://", "http://")):
            return [code_of(document)], None
        path = Path(document)
        if not path.is_file():
            raise Refused("missing", document)
        found = codes_in(path)
    except Unreadable as why:
        raise Refused(str(why)) from why
    return found, path if path.read_bytes()[:1024].lstrip().startswith(b"%PDF-") else None


def _keys(source: str) -> list[Key]:
    try:
        return keys_of(json.loads(_read(source)))
    except ValueError as error:
        raise Refused("keys") from error


def _statuses(source: str | None, keys: list[Key]) -> StatusList | None:
    try:
        return status_list_of(_read(source), keys) if source else None
    except BadList as error:
        raise Refused("list") from error


def _host_of(source: str) -> str:
    return urlsplit(source).netloc if source.lower().startswith(("https://", "http://")) else ""


def _read(source: str) -> bytes:
    if not source.lower().startswith(("https://", "http://")):
        if not Path(source).is_file():
            raise Refused("missing", source)
        return Path(source).read_bytes()
    try:
        with urlopen(source, timeout=SECONDS) as answer:  # noqa: S310 - http and https only, named by who asks
            return bytes(answer.read(MOST_BYTES))
    except (URLError, OSError, ValueError) as error:
        raise Refused("fetched", source) from error


def _plain(verdict: Verdict, file_seal: str) -> dict[str, Any]:
    def simple(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: simple(each) for name, each in value.items()}
        if isinstance(value, date | datetime):
            return value.isoformat()
        return value.hex() if isinstance(value, bytes) else value

    return {**simple(asdict(verdict)), "pdf": file_seal}


def _spoken(verdict: Verdict, file_seal: str, language: str) -> str:
    lines = [words.verdict("not genuine" if file_seal == CHANGED else verdict.said, language), ""]
    for each in (verdict.seal, verdict.key, verdict.status):
        lines.append(f"  {MARKS.get(each.result, '–')} {words.tick(each.why, language)}")
    if verdict.rows:
        lines.append(f"  {MARKS.get(verdict.rows.result, '–')} {words.tick(verdict.rows.why, language)}")
    if file_seal:
        lines.append(f"  {'✗' if file_seal == CHANGED else '✓'} {words.tick(file_seal, language)}")
    lines += [f"  ! {words.label(each, language)}" for each in verdict.warnings]
    if verdict.as_of:
        lines.append(f"  {words.label('as_of', language)} {verdict.as_of:%Y-%m-%d %H:%M} UTC")
    if verdict.claims:
        told = {"public_id": "-".join(verdict.public_id[n : n + 4] for n in range(0, 16, 4)), **asdict(verdict.claims)}
        del told["status_index"]
        lines += ["", words.label("compare", language)]
        lines += [
            f"  {words.label(name, language)}: {value.hex() if isinstance(value, bytes) else value}"
            for name, value in told.items()
            if value is not None
        ]
    if verdict.listed:
        lines += ["", words.label("rows", language)]
        lines += [f"  {number}. {' · '.join(row)}" for number, row in enumerate(verdict.listed, start=1)]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
