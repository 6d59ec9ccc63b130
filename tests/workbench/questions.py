"""What the workbench asks: every kind of question that the one real plugin does not have."""

from procedures import api as p
from procedures.api import fields as f
from procedures.fieldsets import IDS
from registers import api as r


def say(ar: str, fr: str, en: str) -> p.Text:
    return p.worded({"ar": ar, "fr": fr, "en": en})


KINDS = {
    "course": say("درس", "Cours", "Course"),
    "workshop": say("ورشة", "Atelier", "Workshop"),
    "conference": say("ندوة", "Conférence", "Conference"),
}
LEVELS = {"beginner": say("مبتدئ", "Débutant", "Beginner"), "skilled": say("متمرّس", "Confirmé", "Skilled")}


class Asking(f.Fieldset):
    legend = say("من أنت", "Qui vous êtes", "Who you are")
    name_ar = f.Arabic(say("الاسم بالعربية", "Nom en arabe", "Name in Arabic"), fact="person.last_name_ar")
    name_lat = f.Latin(
        say("الاسم بالحروف اللاتينية", "Nom en lettres latines", "Name in Latin letters"), fact="person.last_name_lat"
    )
    cin = f.Cin(say("رقم بطاقة التعريف", "Numéro de la carte d’identité", "Identity card"), fact="person.id_number")
    phone = f.Phone(say("الهاتف", "Téléphone", "Telephone"), fact="person.phone")
    postal_code = f.PostalCode(say("الترقيم البريدي", "Code postal", "Postal code"), fact="person.postal_code")
    governorate = r.GovernorateField(say("الولاية", "Gouvernorat", "Governorate"))


class Project(f.Fieldset):
    legend = say("مشروعك", "Votre projet", "Your project")
    kind = f.Choice(say("نوع النشاط", "Genre d’activité", "Kind of activity"), KINDS)
    starts_on = f.Date(say("يوم الانطلاق", "Jour de début", "First day"), earliest="2020-01-01", sample="2027-02-01")
    budget = f.Money(say("الميزانية", "Budget", "Budget"), most=1_000_000, sample="1250.500")
    tax_number = f.TaxNumber(say("المعرّف الجبائي", "Matricule fiscal", "Tax number"), optional=True)
    paper = f.Choice(say("وثيقة الهوية", "Pièce d’identité", "Identity paper"), IDS, sample="passport")
    paper_number = f.IdentityNumber(
        say("رقم الوثيقة", "Numéro de la pièce", "Number of the paper"), of="paper", sample="X1234567"
    )
    remote = f.YesNo(say("عن بعد", "À distance", "At a distance"), sample=False)
    place = f.Text(say("المكان", "Lieu", "Place"), when=p.given(".remote", False))
    remarks = f.LongText(say("ملاحظات", "Remarques", "Remarks"), optional=True)


class Person(f.Fieldset):
    legend = say("المشاركون", "Participants", "Participants")
    name_ar = f.Arabic(say("الاسم بالعربية", "Nom en arabe", "Name in Arabic"))
    name_lat = f.Latin(say("الاسم بالحروف اللاتينية", "Nom en lettres latines", "Name in Latin letters"))
    cin = f.Cin(say("رقم بطاقة التعريف", "Numéro de la carte d’identité", "Identity card"))
    born_on = f.Date(say("تاريخ الولادة", "Date de naissance", "Date of birth"), latest="today", sample="2001-05-14")
    phone = f.Phone(say("الهاتف", "Téléphone", "Telephone"), optional=True)
    level = f.Choice(say("المستوى", "Niveau", "Level"), LEVELS)
    fee = f.Money(say("المعلوم", "Frais", "Fee"), most=5000, sample="120.000")


class Partner(f.Fieldset):
    legend = say("الشركاء", "Partenaires", "Partners")
    name = f.Text(say("اسم الشريك", "Nom du partenaire", "Name of the partner"))
    email = f.Email(say("البريد الإلكتروني للشريك", "Adresse électronique du partenaire", "E-mail of the partner"))
