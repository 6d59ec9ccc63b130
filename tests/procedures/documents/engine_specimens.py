"""One invented decision, receipt, letter of refusal and minutes: the members whose words are the engine's own."""

from datetime import date
from typing import Any

from procedures.definition import Completeness, Instruction
from procedures.definition import Decision as DecisionStage
from procedures.documents.contents import STEPS
from procedures.documents.frame import row
from procedures.documents.names import Names
from procedures.documents.wording import Words, day, same, words
from tests.procedures.documents.specimens import AMNA, FIELD, SIGNED, Specimen, held, printed, said

LAW = said("نصّ مثال، الفصل 4،", "texte d’exemple, article 4,", "sample text, article 4,")
CITED = said("الأساس: نصّ مثال، الفصل 4.", "Fondement : texte d’exemple, article 4.", "Basis: sample text, article 4.")


def decision(names: Names = AMNA) -> Specimen:
    title = said("قرار معادلة", "Décision d’équivalence", "Equivalence decision")
    told: dict[str, Any] = {
        "whereas": [
            said("إنّ السلطة المختصّة، بعد الاطلاع على:", "L’autorité compétente, vu :", "The authority, having seen:"),
            LAW,
            said("المطلب عدد EQV-2026-000123-17 المودع في 2 نوفمبر 2026،",
                 "la demande n° EQV-2026-000123-17 déposée le 2 novembre 2026,"),
            said("رأي اللجنة بتاريخ 12 نوفمبر 2026،", "l’avis de la commission du 12 novembre 2026,"),
        ],
        "assumed": True,
        "articles": [
            said("تعادل الشهادة المبيّنة هنا المؤهّل المذكور أمامها.",
                 "Le diplôme décrit est reconnu équivalent au titre indiqué."),
            said("تسحب المعادلة إذا ثبت أنّ إحدى الوثائق المقدّمة غير صحيحة، بعد سماع المعني بالأمر.",
                 "Elle est retirée s’il est établi qu’une pièce produite est fausse, l’intéressé entendu."),
            said("هذه الوثيقة غير محدودة المدّة.", "Elle est sans limite de durée."),
        ],
        "rows": [
            held(said("صاحب الشهادة", "Titulaire"), names.ar or names.lat, names.lat or names.ar),
            held(said("الشهادة الأجنبية", "Diplôme étranger"), "تقني، ميكاترونيك السيارات",
                 "Technicien spécialisé, mécatronique automobile"),
            held(said("الهيكل المسلّم", "Délivré par"), "المعهد المختصّ بالدار البيضاء (المغرب)",
                 "Institut spécialisé de Casablanca (Maroc)"),
            held(said("المؤهّل التونسي", "Titre tunisien"), "مؤهّل التقني المهني (المستوى 3)",
                 "Brevet de technicien professionnel (niveau 3)"),
        ],
        "signatory": SIGNED,
    }  # fmt: skip
    return printed("decision", title, told, number="EQV-2026-000123-17", names=names)


def receipt(names: Names = AMNA) -> Specimen:
    title = said("وصل إيداع", "Récépissé de dépôt", "Filing receipt")
    steps = [
        {"title": words(STEPS[kind][0]), "text": words(STEPS[kind][1])}
        for kind in (Completeness, Instruction, DecisionStage)
    ]
    answered: Words = day(date(2027, 1, 27))
    told: dict[str, Any] = {
        "rows": [
            held(said("صاحب المطلب", "Demandeur"), names.ar or names.lat, names.lat or names.ar),
            held(said("الخدمة المطلوبة", "Service demandé"), "معادلة شهادة تكوين مهني أجنبية",
                 "Équivalence d’un diplôme étranger de formation professionnelle"),
            held(said("تاريخ الإيداع", "Déposée le"), "23 نوفمبر 2026 على الساعة 14:36", "23 novembre 2026 à 14:36"),
            held(said("المعلوم", "Redevance"), "5 دنانير", "5 dinars"),
            row(said("رمز المتابعة", "Code de suivi"), "7T4N-QX2C-M8RK"),
            held(said("الوثائق المستلمة", "Pièces reçues"), "6 ملفّات", "6 fichiers"),
        ],
        "promise": {
            "before": said("نجيبك في أجل أقصاه", "Réponse au plus tard le", "Answered by"),
            "day": answered,
            "after": said("يتوقّف العدّ كلّما طلبنا منك وثيقة.", "Le compte s’arrête quand une pièce vous est demandée."),
            "why": said("لماذا هذا التاريخ؟", "Pourquoi cette date\u00a0?"),
            "lines": [said("45 يوم عمل بداية من 24 نوفمبر 2026.", "45 jours ouvrables à compter du 24 novembre 2026.")],
        },
        "steps": steps,
        "closing": said("تابع مطلبك على الخطّ بعدده. هذا الوصل ليس قرارا.",
                        "Suivez votre demande en ligne avec son numéro. Ce récépissé n’est pas une décision."),
    }  # fmt: skip
    return printed("receipt", title, told, number="EQV-2026-000123-17", names=names)


def refusal(names: Names = AMNA) -> Specimen:
    title = said("رفض مطلب", "Rejet d’une demande", "Refusal of an application")
    reasons = [
        {
            "text": said("الهيكل المسلّم للشهادة غير معترف به في بلده.", "L’organisme n’est pas reconnu dans son pays."),
            "basis": CITED,
            "mend": said("للتدارك: قدّم شهادة اعتراف من سلطة ذلك البلد.",
                         "Pour y remédier : joignez une attestation de reconnaissance de l’autorité de ce pays."),
        },
    ]  # fmt: skip
    told: dict[str, Any] = {
        "holder": {"ar": names.ar, "lat": names.lat},
        "summary": said(
            "أودعت في 2 نوفمبر 2026 المطلب عدد EQV-2026-000123-17. لا يمكن قبوله على حاله.",
            "Vous avez déposé le 2 novembre 2026 la demande n° EQV-2026-000123-17. Elle ne peut être acceptée.",
        ),
        "reasons": reasons,
        "motivation": "",
        "motivation_dir": "rtl",
        "tight": False,
        "ways": [
            said("يمكنك الطعن في أجل 60 يوما من الإعلام.", "Vous pouvez contester dans les 60 jours."),
            said("قدّم اعتراضك من حسابك أو لدى المكتب.", "Déposez votre recours depuis votre compte ou au bureau."),
        ],
        "signatory": SIGNED,
    }
    return printed("refusal", title, told, number="EQV-2026-000123-17", names=names)


def minutes(*, count: int = 12) -> Specimen:
    from procedures.commissions.minutes import FIXED, document_title  # a room that prints through this one

    members = [
        {"name": name, "quality": quality}
        for name, quality in (
            ("ليلى الشابي", said("رئيس · الإدارة العامة", "Président · Direction générale")),
            ("سامي الطرابلسي", said("عضو · مهنيون", "Membre · Professionnels")),
            ("هدى بن عمر", said("مقرّر", "Rapporteur")),
        )
    ]
    items = [
        {
            "item": place,
            "number": f"EQV-2026-{place:06d}-45",
            "about": said("ميكاترونيك السيارات، المغرب", "Mécatronique automobile, Maroc"),
            "vote": "5 · 0 · 1",
            "held": said("اقتراع سرّي", "scrutin secret") if place % 4 == 0 else same(""),
            "opinion": said("مقبول، مؤهّل التقني المهني", "Favorable, BTP"),
            "texts": ["شرط: إتمام تربّص بشهرين"] if place % 5 == 0 else [],
        }
        for place in range(1, count + 1)
    ]
    told: dict[str, Any] = {
        "rows": [
            held(said("اللجنة", "Commission"), "لجنة المعادلات", "Commission des équivalences"),
            held(said("الجلسة", "Séance"), "عدد 7 لسنة 2026، 12 نوفمبر 2026", "N° 7 de 2026, 12 novembre 2026"),
            row(FIELD, same("–")),
        ],
        "members": members,
        "lines": [said("لم يصرّح أيّ حاضر بمصلحة.", "Aucun membre présent n’a déclaré d’intérêt.")],
        "items": items,
        "remarks": "",
        "last": said("رفعت الجلسة على الساعة 12:10.", "La séance a été levée à 12:10."),
        "signatory": SIGNED,
        "says": {code: words(text) for code, text in FIXED.items()},
        "public": [],
    }
    return printed("minutes", document_title(), told, number="PV-2026-007", names=Names())
