"""The accounts of the demonstration: invented people who say that they are."""

from dataclasses import dataclass

from procedures.offices.models import Role

PASSWORD = "demonstration-2026"  # printed by `make demo`; production settings cannot load this module


@dataclass(frozen=True)
class Person:
    """`serves` are (office code, role); `opens` is a path to try, after /ar."""

    code: str
    name: str
    serves: tuple[tuple[str, str], ...] = ()
    opens: str = "/desk/"

    @property
    def email(self) -> str:
        return f"{self.code}@demo.takwin.example"


PEOPLE = (
    Person("trainee", "آمنة بن ڨردان (تجريبي)", opens="/desk/"),
    Person("centre", "مركز الساحل للتكوين (تجريبي)", opens="/organisation/"),
    # Serves beside `centre`, who says in which of their structures: see country.structures.
    Person("secretary", "نادية الهرماسي (تجريبي)", opens="/organisation/"),
    Person("officer", "سنية المرزوقي (تجريبي)", (("rd-82", Role.DESK_OFFICER),), "/office/"),
    # Opens files about structures and visits them; the director signs what the inspector prepared.
    Person("inspector", "منصف القروي (تجريبي)", (("rd-82", Role.INSPECTOR),), "/office/files/"),
    Person("director", "فاطمة الزواري (تجريبي)", (("rd-82", Role.REGIONAL_DIRECTOR),), "/office/"),
    Person(
        "central",
        "محمد الهادي الطرابلسي (تجريبي)",
        (("equivalence", Role.CENTRAL_OFFICER), ("equivalence", Role.COMMISSION_SECRETARY)),
        "/office/",
    ),
    Person("president", "منجي الكعبي (تجريبي)", (("equivalence", Role.COMMISSION_MEMBER),), "/office/commissions/"),
    Person("member", "أميرة بن عاشور (تجريبي)", (("equivalence", Role.COMMISSION_MEMBER),), "/office/commissions/"),
    Person("member2", "عادل السويسي (تجريبي)", (("equivalence", Role.COMMISSION_MEMBER),), "/office/commissions/"),
    Person("signatory", "ليلى الشابي (تجريبي)", (("equivalence", Role.MINISTER_DELEGATE),), "/office/"),
    # Who took a decision never handles the appeal against it: two more people, in another service.
    Person("jurist", "نجلاء الفهري (تجريبي)", (("appeals", Role.CENTRAL_OFFICER),), "/office/"),
    Person("signatory2", "الصادق بن يوسف (تجريبي)", (("appeals", Role.MINISTER_DELEGATE),), "/office/"),
    Person("editor", "يوسف العياري (تجريبي)", (("equivalence", Role.EDITOR),), "/cms/"),
    Person("administrator", "هدى الجلاصي (تجريبي)", (("equivalence", Role.ADMINISTRATOR),), "/administration/"),
    # What two administrators must agree on needs two of them: the reset of a second factor.
    Person("administrator2", "رضا بوزيد (تجريبي)", (("equivalence", Role.ADMINISTRATOR),), "/administration/"),
    Person("auditor", "سليم بن عمر (تجريبي)", (("equivalence", Role.AUDITOR),), "/administration/"),
)
