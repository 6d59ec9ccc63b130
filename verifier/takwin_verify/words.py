"""What the command says, in Arabic, French and English."""

LANGUAGES = ("ar", "fr", "en")

_VERDICTS = {
    "valid": ("وثيقة أصلية، صالحة اليوم", "Document authentique, valable aujourd’hui", "Genuine document, valid today"),
    "not genuine": ("لا تقبل هذه الوثيقة", "N’acceptez pas ce document", "Do not accept this document"),
    "no longer valid": (
        "وثيقة أصلية لكنها لا تصلح اليوم",
        "Document authentique, mais qui ne vaut plus aujourd’hui",
        "Genuine document, but not valid today",
    ),
    "status unknown": (
        "وثيقة أصلية، ولم تُفحص حالتها",
        "Document authentique, statut non vérifié",
        "Genuine document, status not checked",
    ),
    "update": (
        "الختم من صيغة أحدث: حيّن أداة التثبّت",
        "Le cachet est d’une forme plus récente : mettez le vérificateur à jour",
        "The seal is of a newer kind: update the verifier",
    ),
}
_TICKS = {
    "seal": ("الختم سليم", "Cachet : il tient", "Seal: it holds"),
    "no seal": (
        "لا ختم في هذا الرمز: امسح رمز الاستجابة السريعة المطبوع على الوثيقة",
        "Aucun cachet dans ce code : scannez le code QR imprimé",
        "No seal in this code: scan the QR code on the paper",
    ),
    "spelling": ("الختم: غُيّر رمزه", "Cachet : le code a été altéré", "Seal: the code was altered"),
    "shape": ("الختم: غُيّر رمزه", "Cachet : le code a été altéré", "Seal: the code was altered"),
    "practice": (
        "وثيقة تدريب لا قيمة لها",
        "Document d’exercice, sans valeur",
        "Practice document, worth nothing",
    ),
    "signature": (
        "الختم ليس لهذه البيانات أو ليس لهذه الوثيقة",
        "Cachet : il n’est pas celui de ces données ou de ce document",
        "Seal: it is not that of these data or of this document",
    ),
    "host": (
        "الرمز يقود إلى عنوان غير عنوان الجهة المصدرة",
        "Le code mène à une autre adresse que celle de l’émetteur",
        "The code leads to another address than the issuer’s",
    ),
    "key": (
        "المفتاح مفتاح الجهة المصدرة، وكان ساريا يوم الإصدار",
        "Clé de l’émetteur, en vigueur le jour de l’émission",
        "The issuer’s key, in force on the day of issue",
    ),
    "unknown key": (
        "لا مفتاح من مفاتيح الجهة المصدرة وضع هذا الختم",
        "Aucune clé de l’émetteur n’a apposé ce cachet",
        "No key of the issuer made this seal",
    ),
    "revoked key": (
        "أُلغي المفتاح: ما خُتم به قد يكون مزوّرا",
        "Clé révoquée : ce qu’elle a scellé peut être un faux",
        "Revoked key: what it sealed may be forged",
    ),
    "key of other days": (
        "لم يكن المفتاح ساريا يوم الإصدار",
        "La clé n’était pas en vigueur le jour de l’émission",
        "The key was not in force on the day of issue",
    ),
    "no list": ("الحالة: لم تُعط القائمة", "Statut : aucune liste donnée", "Status: no list was given"),
    "no place": (
        "الحالة: القائمة أقدم من الوثيقة",
        "Statut : la liste est plus ancienne que le document",
        "Status: the list is older than the document",
    ),
    "valid": ("الحالة: صالحة", "Statut : valable", "Status: valid"),
    "revoked": ("الحالة: ملغاة", "Statut : révoqué", "Status: revoked"),
    "suspended": ("الحالة: معلّقة", "Statut : suspendu", "Status: suspended"),
    "replaced": ("الحالة: عُوّضت بوثيقة أخرى", "Statut : remplacé par un autre", "Status: replaced by another"),
    "expired": ("الحالة: انتهت صلوحيتها", "Statut : expiré", "Status: expired"),
    "rows": (
        "الأسطر: هي التي يربطها الختم",
        "Lignes : celles que le cachet lie",
        "Rows: those that the seal binds",
    ),
    "rows changed": (
        "الأسطر: غُيّرت بعد الختم",
        "Lignes : elles ont été modifiées après le cachet",
        "Rows: changed after they were sealed",
    ),
    "no rows": (
        "الأسطر: لم تُفحص، لا توجد إلا في ملف PDF الأصلي",
        "Lignes : non vérifiées, seul le fichier PDF d’origine les porte",
        "Rows: not checked, only the original PDF file carries them",
    ),
    "version": ("الختم: لم يُفحص", "Cachet : non vérifié", "Seal: not checked"),
    "": ("لم يُفحص", "Non vérifié", "Not checked"),
    "pdf holds": (
        "ملف PDF لم يتغيّر منذ ختمه",
        "Fichier PDF : inchangé depuis son scellement",
        "PDF file: unchanged since it was sealed",
    ),
    "pdf changed": (
        "ملف PDF تغيّر بعد ختمه أو لا ختم فيه",
        "Fichier PDF : modifié après son scellement, ou sans cachet",
        "PDF file: changed after it was sealed, or not sealed",
    ),
    "pdf unknown": (
        "ملف PDF: لا يُعرف من ختمه (أعط الشهادة الجذر)",
        "Fichier PDF : intact, scellé par un inconnu (donnez le certificat racine)",
        "PDF file: intact, sealed by somebody unknown (give the root certificate)",
    ),
}
_LABELS = {
    "public_id": ("رمز الوثيقة", "Code du document", "Code of the document"),
    "kind": ("الوثيقة", "Document", "Document"),
    "holder_ar": ("الاسم بالعربية", "Titulaire en arabe", "Holder in Arabic"),
    "holder_lat": ("الاسم بالحروف اللاتينية", "Titulaire en lettres latines", "Holder in Latin letters"),
    "title": ("العنوان", "Titre", "Title"),
    "structure": (
        "رقم تسجيل الهيكل",
        "Numéro d’enregistrement de la structure",
        "Registration number of the structure",
    ),
    "issued_on": ("تاريخ الإصدار", "Délivré le", "Issued on"),
    "expires_on": ("صالحة إلى", "Valable jusqu’au", "Holds until"),
    "level": ("المستوى", "Niveau", "Level"),
    "rows_sha256": ("بصمة القائمة", "Empreinte de la liste", "Digest of the list"),
    "rows": (
        "أسطر القائمة كما خُتمت، قارنها بالصفحة:",
        "Lignes de la liste telles que scellées, à comparer avec la page :",
        "Rows of the list as they were sealed, to compare with the page:",
    ),
    "as_of": ("الحالة كما كانت في", "Statut au", "Status as of"),
    "compare": (
        "قارن هذه الأسطر بما في الوثيقة:",
        "Comparez ces lignes avec le document :",
        "Compare these lines with the paper:",
    ),
    "old list": (
        "قائمة الحالات انتهت مدّتها: نزّل أحدث منها.",
        "La liste des statuts a expiré : téléchargez-en une plus récente.",
        "The status list has expired: fetch a newer one.",
    ),
}
_REFUSALS = {
    "address": (
        "هذا ليس عنوان وثيقة مختومة (https://…/V/…#…).",
        "Ce n’est pas l’adresse d’un document scellé (https://…/V/…#…).",
        "This is not the address of a sealed document (https://…/V/…#…).",
    ),
    "id": (
        "رمز الوثيقة في العنوان خاطئ: أعد المسح.",
        "Le code du document dans l’adresse est faux : scannez de nouveau.",
        "The code of the document in the address is mistyped: scan again.",
    ),
    "no code": (
        "لا يُقرأ رمز وثيقة مختومة في هذا الملف: صوّره من قرب وفي ضوء أقوى.",
        "Aucun code de document scellé n’est lisible ici : photographiez-le de plus près, mieux éclairé.",
        "No code of a sealed document can be read in it: photograph it closer, in better light.",
    ),
    "picture": (
        "هذا الملف ليس صورة ولا PDF يمكن فتحه.",
        "Ce fichier n’est ni une image ni un PDF lisible.",
        "This file is neither a picture nor a PDF that can be opened.",
    ),
    "pdf": ("لا يُفتح ملف PDF هذا.", "Ce PDF ne s’ouvre pas.", "This PDF cannot be opened."),
    "picture extra": (
        "لقراءة الصور ثبّت: takwin-verify[picture]",
        "Pour lire les images, installez : takwin-verify[picture]",
        "To read pictures, install: takwin-verify[picture]",
    ),
    "pdf extra": (
        "لقراءة ملفات PDF ثبّت: takwin-verify[pdf]",
        "Pour lire les PDF, installez : takwin-verify[pdf]",
        "To read PDFs, install: takwin-verify[pdf]",
    ),
    "missing": ("لا يوجد هذا الملف: ", "Ce fichier n’existe pas : ", "There is no such file: "),
    "fetched": ("تعذّر تنزيل: ", "Téléchargement impossible : ", "It could not be fetched: "),
    "keys": (
        "هذه ليست مجموعة مفاتيح (JWKS).",
        "Ce n’est pas un jeu de clés (JWKS).",
        "This is not a set of keys (JWKS).",
    ),
    "list": (
        "قائمة الحالات مرفوضة: لم توقّعها الجهة المصدرة أو تلفت.",
        "Liste des statuts refusée : l’émetteur ne l’a pas signée, ou elle est abîmée.",
        "The status list is refused: the issuer did not sign it, or it is damaged.",
    ),
}


def verdict(code: str, language: str) -> str:
    return _VERDICTS[code][LANGUAGES.index(language)]


def tick(code: str, language: str) -> str:
    return _TICKS[code][LANGUAGES.index(language)]


def label(code: str, language: str) -> str:
    return _LABELS[code][LANGUAGES.index(language)]


def refusal(code: str, language: str) -> str:
    return _REFUSALS[code][LANGUAGES.index(language)]
