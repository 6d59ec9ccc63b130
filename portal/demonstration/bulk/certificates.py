"""Certificates of invented people, each with the document that a verifier asks for by its code."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.demonstration.bulk.guarding import LEGACY
from portal.demonstration.bulk.rows import day, go_on_after, moment, next_id, random_id, text_of, write
from portal.demonstration.country.chance import chance_of
from portal.demonstration.country.names import Named, person_names
from portal.demonstration.country.people import SPREAD
from procedures.documents.codes import ALPHABET, LENGTH, check_character
from procedures.documents.models import Document, SealKey
from procedures.documents.status_list import ENTRIES
from registers.certificates.models import Certificate, SerialCounter
from registers.people.models import Identifier, Person
from registers.people.names import Names, keys_of
from registers.people.vault import Vault, vault
from registers.programmes.models import Offer, Programme
from registers.structures.models import Structure

AT_ONCE = 10_000
EACH = 2  # certificates of a person
DAYS = 5 * 365  # of issuing
Telling = Callable[[int], None]
PERSON = (
    "id", "public_id", "first_ar", "last_ar", "first_lat", "last_lat", "birth_date", "birth_place", "sex",
    "nationality", "key_ar", "key_lat", "key_cross", "invented", "entered_at", "compared_at",
)  # fmt: skip
IDENTIFIER = ("person_id", "kind", "country", "value", "index", "key_id", "entered_at")
DOCUMENT = (
    "id", "public_id", "number", "procedure", "output", "kind_number", "row", "frame", "titles", "holder_ar",
    "holder_lat", "content", "template_version", "claims", "kid", "cose", "cose_digest", "status_index", "issued_on",
    "state", "stored", "file_sha256", "unsealed_sha256", "prepared_at", "sealed_at", "prints",
)  # fmt: skip
CERTIFICATE = (
    "public_id", "serial", "paper_number", "person_id", "programme_id", "structure_id", "holder_ar", "holder_lat",
    "birth_date", "issued_on", "document_id", "source", "homologated", "invented", "recorded_at",
)  # fmt: skip


@dataclass(frozen=True)
class Press:
    """What every certificate is made of. Documents lie beyond the status list, so that real ones find a place in it."""

    structures: Sequence[tuple[int, str]]  # id and number
    programmes: dict[int, Programme]  # by id of the structure
    keys: Vault
    kid: str
    total: int
    now: str
    today: date

    def structure(self, position: int) -> tuple[int, str]:
        """Certificates of one structure stand one after the other, so that few counters change at once."""
        return self.structures[position * len(self.structures) // self.total]


def fill_certificates(wanted: int, *, told: Telling) -> None:
    """Certificates up to `wanted` and half as many people; those that are there stay. Raises vault.NoKey."""
    there = Certificate.objects.filter(structure__legacy_number__startswith=LEGACY).count()
    press = _press(wanted)
    told(min(there, wanted))
    for first in range(there, wanted, AT_ONCE):
        with transaction.atomic():
            _fill_slice(press, range(first, min(wanted, first + AT_ONCE)))
        told(min(wanted, first + AT_ONCE))


def _press(wanted: int) -> Press:
    structures = Structure.objects.filter(legacy_number__startswith=LEGACY).order_by("pk")
    offers = Offer.objects.filter(structure__in=structures).select_related("programme").order_by("-pk")
    key = SealKey.objects.filter(purpose=SealKey.Purpose.QR).first()
    return Press(
        structures=list(structures.values_list("pk", "number")),
        programmes={offer.structure_id: offer.programme for offer in offers},
        keys=vault(),
        kid=key.kid if key else "00000000",
        total=wanted,
        now=moment(timezone.now()),
        today=timezone.localdate(),
    )


def _fill_slice(press: Press, positions: range) -> None:
    person, document = next_id(Person) - 1, next_id(Document)
    people: list[tuple[Any, ...]] = []
    identifiers: list[tuple[Any, ...]] = []
    documents: list[tuple[Any, ...]] = []
    certificates: list[tuple[Any, ...]] = []
    wanted = {press.structure(position)[0] for position in (positions[0], positions[-1])}
    wanted = {pk for pk, _number in press.structures if min(wanted) <= pk <= max(wanted)}
    counters = SerialCounter.objects.filter(structure__in=wanted)
    last = {(row.structure_id, row.year): row.last for row in counters}
    holder: tuple[Any, ...] = ()
    for place, position in enumerate(positions):
        chance = chance_of("bulk-certificate", position)
        if place % EACH == 0:
            person += 1
            holder = _person(press, person, chance)
            people.append(holder)
            identifiers.append(_identifier(press, person, position))
        issued = press.today - timedelta(days=1 + chance.randrange(DAYS))
        pk, number = press.structure(position)
        key = (pk, issued.year)
        last[key] = last.get(key, 0) + 1
        serial = f"{issued.year}-{number}-{last[key]:05d}"
        programme = press.programmes[pk]
        documents.append(_document(press, document + place, serial, holder, programme, issued, chance))
        certificates.append(_certificate(press, document + place, serial, holder, (pk, programme.pk), issued, chance))
    write(Person, PERSON, people)
    write(Identifier, IDENTIFIER, identifiers)
    write(Document, DOCUMENT, documents)
    write(Certificate, CERTIFICATE, certificates)
    go_on_after(Person, Document)
    rows = [SerialCounter(structure_id=pk, year=year, last=count) for (pk, year), count in last.items()]
    SerialCounter.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["structure", "year"], update_fields=["last"]
    )


def _person(press: Press, pk: int, chance: Random) -> tuple[Any, ...]:
    called = person_names(chance)
    born = press.today - timedelta(days=chance.randint(19 * 365, 45 * 365))
    return (
        pk, random_id(chance), called.first.arabic, called.last.arabic, called.first.latin, called.last.latin,
        day(born), "", called.sex, "TN", *_keys(called), 1, press.now, press.now,
    )  # fmt: skip


@lru_cache(maxsize=60_000)
def _keys(called: Named) -> tuple[str, str, str]:
    keys = keys_of(Names(called.first.arabic, called.last.arabic, called.first.latin, called.last.latin))
    return keys["key_ar"], keys["key_lat"], keys["key_cross"]


def _identifier(press: Press, person: int, position: int) -> tuple[Any, ...]:
    """Numbers begin with 6: no card does, as far as we know."""
    sealed = press.keys.seal("cin", "TN", f"6{position * SPREAD % 10_000_000:07d}")
    return person, "cin", "TN", sealed.value, sealed.index, sealed.key_id, press.now


def _document(
    press: Press, pk: int, serial: str, holder: tuple[Any, ...], programme: Programme, issued: date, chance: Random
) -> tuple[Any, ...]:
    arabic, latin = _names(holder)
    short = {"ar": f"{holder[2]} {holder[3][:1]}.", "lat": f"{holder[4]} {holder[5][:1]}."}
    titles = {"ar": programme.title_ar, "fr": programme.title_fr, "en": programme.title_en}
    seal = chance.randbytes(120)
    return (
        pk, _code(chance), serial, "bench", "certificate", 1, "", "bench", text_of(titles), arabic, latin,
        text_of({"short_name": short, "bench": True}), "bench", "{}", press.kid, seal, hashlib.sha256(seal).hexdigest(),
        ENTRIES + pk, day(issued), "issued", "", "", "", press.now, press.now, 0,
    )  # fmt: skip


def _certificate(
    press: Press, document: int, serial: str, holder: tuple[Any, ...], of: tuple[int, int], issued: date, chance: Random
) -> tuple[Any, ...]:
    structure, programme = of
    return (
        random_id(chance), serial, "", holder[0], programme, structure, *_names(holder), holder[6], day(issued),
        document, "import", int(chance.random() < 0.5), 1, press.now,
    )  # fmt: skip


def _names(holder: tuple[Any, ...]) -> tuple[str, str]:
    return f"{holder[2]} {holder[3]}", f"{holder[4]} {holder[5]}"


def _code(chance: Random) -> str:
    body = "".join(chance.choices(ALPHABET, k=LENGTH - 1))
    return body + check_character(body)
