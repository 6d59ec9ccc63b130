"""Specialities, moratoria, places and holidays: changed on the screens, in force at once, each change on record."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from procedures.audit.models import Entry
from procedures.calendar.models import Holiday
from procedures.calendar.selectors import calendar
from procedures.calendar.services import add_working_days
from registers import api as r
from registers.history.selectors import believed, in_force
from registers.places.models import Place
from registers.specialities.models import Moratorium, Retirement, Speciality
from registers.specialities.selectors import forget
from tests.portal.administration.factories import administrator, at, at_screen_of, boxes, sentences

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MASONRY = {
    "code": "bat-01", "name_ar": "بناء", "name_fr": "Maçonnerie", "name_en": "Masonry",
    "sector_ar": "البناء", "sector_fr": "Bâtiment", "sector_en": "Building", "levels": "CAP BTP", "isced_f": "0732",
}  # fmt: skip
HEAD = "code;sector_ar;sector_fr;sector_en;name_ar;name_fr;name_en;levels\n"


@pytest.fixture
def screen() -> Client:
    return at_screen_of(administrator())


@pytest.fixture
def masonry(screen: Client) -> Speciality:
    screen.post(at("add_speciality"), MASONRY)
    return Speciality.objects.get(pk="BAT-01")


def is_offered(code: str) -> bool:
    try:
        r.SpecialityField("Speciality").clean(code)
    except ValidationError:
        return False
    return True


def upload(text: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("table.csv", text.encode() if isinstance(text, str) else text, "text/csv")


def test_a_new_speciality_is_offered_at_once(masonry: Speciality, screen: Client) -> None:
    assert is_offered("BAT-01")
    assert masonry.levels == ["CAP", "BTP"]
    assert not masonry.invented
    assert "Speciality added" in screen.get(at("speciality", "BAT-01")).content.decode()
    assert "has the code" in sentences(screen.post(at("add_speciality"), MASONRY))[0]
    assert (
        "name a new one" in sentences(screen.post(at("add_speciality"), MASONRY | {"code": "X-1", "sector_fr": ""}))[0]
    )
    assert "12 at most" in sentences(screen.post(at("add_speciality"), MASONRY | {"code": "é-1"}))[0]
    assert (
        "digits alone" in sentences(screen.post(at("add_speciality"), MASONRY | {"code": "X-1", "isced_f": "07a"}))[0]
    )


def test_another_name_shows_the_one_before_and_keeps_its_code(masonry: Speciality, screen: Client) -> None:
    changed = MASONRY | {"name_fr": "Gros œuvre", "like": "BAT-01"}
    page = screen.post(at("change_speciality", "BAT-01"), changed, follow=True).content.decode()
    assert "Gros œuvre" in page
    assert "Maçonnerie" in page
    masonry.refresh_from_db()
    assert (masonry.pk, masonry.name_fr, masonry.sector_fr) == ("BAT-01", "Gros œuvre", "Bâtiment")
    assert Entry.objects.get(action="speciality.change").data["now"] == {"name_fr": "Gros œuvre"}


def test_a_retired_speciality_is_offered_until_its_day_and_its_name_stays(masonry: Speciality, screen: Client) -> None:
    today = timezone.localdate()
    past = screen.post(at("retire_speciality", "BAT-01"), {"reason": "replaced"} | boxes("since", today - DAY))
    assert "Until today people could choose it" in sentences(past)[0]
    screen.post(at("retire_speciality", "BAT-01"), {"reason": "replaced"} | boxes("since", today + DAY))
    assert is_offered("BAT-01")
    Retirement.objects.update(since=today)
    forget()
    assert not is_offered("BAT-01")
    assert r.SpecialityField("Speciality").shown("BAT-01", "fr") == "Maçonnerie"
    again = screen.post(at("retire_speciality", "BAT-01"), {"reason": "replaced"} | boxes("since", today + DAY))
    assert "is on record already" in sentences(again)[0]
    page = screen.get(at("specialities"), {"retired": "1"}).content.decode()
    assert "BAT-01" in page


def test_a_retired_speciality_is_offered_again_and_its_history_stays(masonry: Speciality, screen: Client) -> None:
    today = timezone.localdate()
    screen.post(at("retire_speciality", "BAT-01"), {"reason": "mistake"} | boxes("since", today))
    assert not is_offered("BAT-01")
    period = Retirement.objects.get()
    screen.post(at("restore_speciality", "BAT-01", period.pk), {"reason": "mistake"} | boxes("on", today))
    assert is_offered("BAT-01")
    assert Retirement.objects.count() == 1  # believed no more, but not erased
    assert not Retirement.objects.filter(believed()).exists()
    page = screen.get(at("speciality", "BAT-01")).content.decode()
    assert "Speciality retired" in page
    assert "Speciality offered again" in page


def test_a_table_shows_what_it_would_change_and_changes_it_only_then(masonry: Speciality, screen: Client) -> None:
    table = (
        HEAD
        + "BAT-01;البناء;Bâtiment;Building;بناء;Gros œuvre;Masonry;CAP BTP\n"
        + "BAT-02;ب;Bâtiment;Building;طلاء;Peinture;Painting;\n"
    )
    page = screen.post(at("load_specialities"), {"table": upload("\ufeff" + table)})
    assert [row["code"] for row in page.context["difference"].added] == ["BAT-02"]
    assert "Gros œuvre" in page.content.decode()
    assert not is_offered("BAT-02")
    answer = screen.post(at("load_specialities"), {"text": page.context["text"]}, follow=True)
    assert "2 rows are loaded." in answer.content.decode()
    assert is_offered("BAT-02")
    masonry.refresh_from_db()
    assert (masonry.name_fr, masonry.levels, masonry.isced_f) == ("Gros œuvre", ["CAP", "BTP"], "0732")
    assert "Speciality changed" in screen.get(at("speciality", "BAT-01")).content.decode()
    same = screen.post(at("load_specialities"), {"table": upload(table)})
    assert "nothing to load" in same.content.decode()


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (HEAD + "bat 1;a;a;a;a;a;a;\n", "BAT-01"),
        (HEAD + "X-1;a;a;a;;a;a;\n", "Fill this cell in"),
        (HEAD + f"X-1;a;a;a;{'a' * 151};a;a;\n", "Shorten it to 150"),
        (HEAD + "X-1;a;a;a;a;a;a;\nX-1;a;a;a;a;a;a;\n", "line 2 already"),
        ("code,name_fr\nX-1,a\n", "Columns are missing: sector_ar"),
        (HEAD, "no row"),
        ("é".encode("latin-1"), "CSV UTF-8"),
        (HEAD + 'X-1;a;a;a;"a;a;a;\n', "quotation mark"),
        (b"", "is empty"),
    ],
)
def test_a_faulty_table_names_each_fault_with_its_remedy_and_loads_nothing(
    screen: Client, table: str | bytes, told: str
) -> None:
    page = screen.post(at("load_specialities"), {"table": upload(table)}).content.decode()
    assert told in page
    assert not Speciality.objects.exists()
    if isinstance(table, str):
        screen.post(at("load_specialities"), {"text": table})  # a preview that somebody went around
        assert not Speciality.objects.exists()


def test_a_moratorium_holds_from_its_first_day_through_its_last(masonry: Speciality, screen: Client) -> None:
    today = timezone.localdate()
    asked = {"speciality": "BAT-01", "kind": "opening", "governorate": "TN-82", "reason": "saturated"}
    days = boxes("since", today) | boxes("until", today + 9 * DAY)
    screen.post(at("declare_moratorium"), asked | days | {"note": "Trop de centres."})
    held = in_force(Moratorium, today + 9 * DAY).get()
    assert (held.governorate_id, held.kind, held.until) == ("TN-82", "opening", today + 10 * DAY)
    page = screen.get(at("moratoria")).content.decode()
    assert "Assumption" in page  # no circular is named
    overlapping = screen.post(at("declare_moratorium"), asked | boxes("since", today + DAY))
    assert "is on record already" in sentences(overlapping)[0]
    screen.post(at("end_moratorium", held.pk), {"reason": "over"} | boxes("on", today + 3 * DAY))
    assert not in_force(Moratorium, today + 3 * DAY).exists()
    assert in_force(Moratorium, today + 2 * DAY).exists()
    told = screen.get(at("speciality", "BAT-01")).content.decode()
    assert "Moratorium declared" in told
    assert "Moratorium ended" in told
    assert "Trop de centres" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_a_moratorium_taken_back_on_its_first_day_holds_on_none(masonry: Speciality, screen: Client) -> None:
    today = timezone.localdate()
    asked = {"speciality": "BAT-01", "kind": "enrolment", "reason": "reform"}
    screen.post(at("declare_moratorium"), asked | boxes("since", today))
    screen.post(at("end_moratorium", Moratorium.objects.get().pk), {"reason": "mistake"} | boxes("on", today))
    assert not Moratorium.objects.filter(believed()).exists()
    assert Moratorium.objects.count() == 1


def test_a_delegation_is_added_renamed_and_loaded(screen: Client) -> None:
    names = {"name_ar": "بن ڨردان", "name_fr": "Ben Gardane", "name_en": "Ben Gardane"}
    screen.post(at("add_place"), names | {"code": "TN-82-90", "governorate": "TN-82"})
    assert Place.objects.get(pk="TN-82-90").parent_id == "TN-82"
    assert (
        "has the code" in sentences(screen.post(at("add_place"), names | {"code": "TN-82", "governorate": "TN-82"}))[0]
    )
    screen.post(at("rename_place", "TN-82-90"), names | {"name_fr": "Ben Guerdane"})
    table = "code,governorate,name_ar,name_fr,name_en\nTN-82-90,TN-82,بن ڨردان,Ben Gardane,Ben Gardane\n"
    page = screen.post(at("load_places"), {"table": upload(table)})
    screen.post(at("load_places"), {"text": page.context["text"]})
    assert Place.objects.get(pk="TN-82-90").name_fr == "Ben Gardane"
    told = screen.get(at("places")).content.decode()
    assert told.count("Place renamed") == 2
    lost = screen.post(at("load_places"), {"table": upload(table.replace("TN-82,", "TN-99,"))}).content.decode()
    assert "No governorate has this code" in lost


def test_a_governorate_takes_another_name_in_every_list(screen: Client) -> None:
    names = {"name_ar": "مدنين", "name_fr": "Medenine", "name_en": "Medenine"}
    assert r.GovernorateField("Ville").shown("TN-82", "fr") == "Médenine"
    screen.post(at("rename_place", "TN-82"), names)
    assert r.GovernorateField("Ville").shown("TN-82", "fr") == "Medenine"


def test_a_holiday_stops_the_clock_and_moves_with_the_moon(screen: Client) -> None:
    feast = date(timezone.localdate().year + 1, 6, 15)
    while calendar().why(feast) or calendar().why(feast + DAY) or calendar().why(feast - DAY):
        feast += DAY
    names = {"name_ar": "عيد الفطر", "name_fr": "Aïd", "name_en": "Eid"}
    before = add_working_days(feast - DAY, 1)
    screen.post(at("enter_holiday"), names | boxes("day", feast) | {"standing": "estimated"})
    assert before == feast
    assert add_working_days(feast - DAY, 1) > feast
    held = Holiday.objects.current().get(day=feast)
    again = screen.post(at("enter_holiday"), names | boxes("day", feast) | {"standing": "confirmed"})
    assert "on the calendar already" in sentences(again)[0]
    moved = names | boxes("day", feast + DAY) | {"standing": "confirmed", "source": "بلاغ"}
    screen.post(at("change_holiday", held.pk), moved)
    assert add_working_days(feast - DAY, 1) == feast
    fresh = Holiday.objects.current().get(feast=held.feast)
    screen.post(at("remove_holiday", fresh.pk))
    assert not Holiday.objects.current().filter(feast=held.feast).exists()
    assert Holiday.objects.filter(feast=held.feast).count() == 2  # what was believed stays
    page = screen.get(at("holidays"), {"year": feast.year}).content.decode()
    for told in ("Holiday entered", "Holiday changed", "Holiday taken off"):
        assert told in page


def test_the_decree_that_the_portal_brings_is_named_in_the_language_of_the_page(screen: Client) -> None:
    assert "Decree 2021-223" in screen.get(at("holidays")).content.decode()
    page = screen.get(at("holidays").replace("/en/", "/fr/")).content.decode()
    assert "Décret n° 2021-223 du 7 décembre 2021" in page
    assert "Decree" not in page


def test_a_day_that_is_past_is_neither_entered_nor_removed(screen: Client) -> None:
    held = Holiday.objects.filter(day__lt=timezone.localdate() - 61 * DAY).first()
    page = screen.post(at("remove_holiday", held.pk), follow=True)
    assert "delays were counted with it" in page.content.decode()
    assert Holiday.objects.filter(pk=held.pk).exists()
