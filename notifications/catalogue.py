"""Every message as data: what is said when something happens to a case. Subjects name no person."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from notifications.services import Message


@dataclass(frozen=True)
class Template:
    subject: Any
    body: Any
    page: str = "desk:case"  # opened by the link


CATALOGUE = {
    "case_submitted": Template(
        _("Your application %(number)s is filed"),
        _(
            "We received your application %(number)s: %(procedure)s. An officer checks your papers next. "
            "You can follow it on your desk and download the receipt."
        ),
    ),
    "filing_waits": Template(
        _("Your application %(number)s waits to be confirmed"),
        _(
            "We received your application %(number)s: %(procedure)s. Others must confirm it before it counts; "
            "we wrote to them. Your desk says who has answered."
        ),
    ),
    "filing_lapsed": Template(
        _("Your application %(number)s was not confirmed"),
        _(
            "Somebody whom your application %(number)s needs declined, or did not answer in time. "
            "It is closed. Your answers are kept on your desk: you may file again."
        ),
    ),
    "correction_asked": Template(
        _("Your application %(number)s needs a correction"),
        _(
            "An officer asks you to mend or replace something in your application %(number)s. "
            "Everything else is kept. Answer before %(due_on)s."
        ),
        page="desk:correction",
    ),
    "deadline_moved": Template(
        _("The date announced for application %(number)s has moved"),
        _(
            "The working calendar was corrected. Our answer to application %(number)s is now announced "
            "for %(due_on)s. Your desk says why, line by line, with the date before."
        ),
    ),
    "visit_planned": Template(
        _("A visit is planned for your application %(number)s"),
        _(
            "Inspectors visit on %(due_on)s for your application %(number)s: %(procedure)s. "
            "Let somebody receive them who can open every room and show the registers."
        ),
    ),
    "visit_moved": Template(
        _("The visit for your application %(number)s has another date"),
        _("The visit for your application %(number)s is now planned on %(due_on)s. The date we gave before is void."),
    ),
    "visit_called_off": Template(
        _("The visit for your application %(number)s is called off"),
        _(
            "The visit planned on %(due_on)s for your application %(number)s does not take place. "
            "We write to you if another date is set."
        ),
    ),
    "before_commission": Template(
        _("Your application %(number)s goes before the commission"),
        _(
            "The commission examines your application %(number)s in its session of %(day)s. You need not come. "
            "Its opinion is not yet the decision; we write to you when that is taken."
        ),
    ),
    "commission_moved": Template(
        _("Your application %(number)s: the commission meets on another day"),
        _(
            "The session in which the commission examines your application %(number)s is now on %(day)s. "
            "The day we gave before is void. You need not come."
        ),
    ),
    "commission_cancelled": Template(
        _("Your application %(number)s: the session of the commission is cancelled"),
        _(
            "The session of %(day)s in which the commission was to examine your application %(number)s does not "
            "take place. The application waits for another session; we write to you when its day is known."
        ),
    ),
    "case_accepted": Template(
        _("Your application %(number)s is accepted"),
        _(
            "Your application %(number)s is accepted: %(procedure)s. "
            "Your document is being sealed; we write to you when it is ready."
        ),
    ),
    "case_refused": Template(
        _("Your application %(number)s is decided"),
        _(
            "Your application %(number)s was not accepted. "
            "The decision gives the reasons and how to contest it. Read it on your desk."
        ),
    ),
    "case_reopened": Template(
        _("Your application %(number)s is decided anew"),
        _(
            "The decision on your application %(number)s is annulled. People who had no part in it decide anew, "
            "and their answer is announced for %(due_on)s. You need not file anything again."
        ),
    ),
    "case_goes_on": Template(
        _("Your application %(number)s: a first decision"),
        _(
            "A first decision was taken on your application %(number)s: %(procedure)s. "
            "The administration goes on with it. Your desk says what comes next."
        ),
    ),
    "case_notice": Template(
        _("Your application %(number)s is decided"),
        _(
            "The administration gives you notice of something in case %(number)s: %(procedure)s. "
            "Read it on your desk: it says what is wrong and what is asked of you."
        ),
    ),
    "case_referred": Template(
        _("Your application %(number)s goes another way"),
        _("Your application %(number)s needs another procedure. Your desk names it, and you can start it from there."),
    ),
    "opinion_asked": Template(
        _("Your answer is asked in case %(number)s"),
        _("The administration asks for your answer in case %(number)s: %(procedure)s. Answer up to %(due_on)s."),
        page="desk:hearing",
    ),
    "hearing_asked": Template(
        _("You are heard in file %(number)s"),
        _(
            "The administration has opened file %(number)s: %(procedure)s. Read what is held against you, and answer "
            "in writing up to %(due_on)s, with papers if you wish. What you write is read before it is decided."
        ),
        page="desk:hearing",
    ),
    "file_measure": Template(
        _("A decision in file %(number)s"),
        _(
            "A decision was taken in file %(number)s: %(procedure)s. It is in your account, with its reasons. "
            "The file goes on, and you are heard in it."
        ),
    ),
    "file_decided": Template(
        _("File %(number)s is decided"),
        _("File %(number)s is decided: %(procedure)s. The decision is in your account, with its reasons."),
    ),
    "file_document": Template(
        _("A document of file %(number)s is ready"),
        _("A sealed document of file %(number)s: %(procedure)s is in your account. Read it: it may set you a day."),
    ),
    "document_issued": Template(
        _("A document of application %(number)s is ready"),
        _(
            "Your document is sealed and ready to download from your desk. "
            "Anyone to whom you give it can check it on the portal, without an account."
        ),
    ),
    "document_revoked": Template(
        _("A document of application %(number)s no longer holds"),
        _(
            "A document issued for your application %(number)s is no longer valid. "
            "Whoever checks it on the portal sees this. Your desk says why and how to contest it."
        ),
    ),
}


CONVOCATION = Template(
    _("You are called to a session of a commission"),
    _(
        "%(commission)s: session no. %(number)s of %(year)s, on %(day)s at %(time)s, %(place)s. "
        "The agenda and its files are in the portal. "
        "If you have an interest in a case, say so there before the session."
    ),
    page="commissions:session",
)
OF_SESSIONS = {
    "session_convened": CONVOCATION,
    "session_moved": Template(
        _("A session of a commission to which you are called has moved"),
        _(
            "%(commission)s: session no. %(number)s of %(year)s is now on %(day)s at %(time)s, %(place)s. "
            "What was announced before is void. Reason: %(reason)s"
        ),
        page="commissions:session",
    ),
    "session_cancelled": Template(
        _("A session of a commission to which you were called is cancelled"),
        _(
            "%(commission)s: session no. %(number)s of %(year)s, announced for %(day)s at %(time)s, does not take "
            "place. Reason: %(reason)s"
        ),
        page="commissions:session",
    ),
}

NEWS_OF_OTHERS = _("%(said)s. The file is %(number)s.")
PUBLISHED = _("%(said)s. It is published on the portal, with the day from which each change holds.")


def to_others(said: Any, case: Any, *, published: bool, language: str) -> Message:
    """What a message of a procedure says to whom the case does not belong; a published act has a page for everybody."""
    with translation.override(language):
        body = str(PUBLISHED if published else NEWS_OF_OTHERS) % {"said": said, "number": case.number}
        return Message(subject=str(said), body=body, path=reverse("circulars:list" if published else "desk:home"))


def of_session(event: str, session: Any, *, language: str, values: dict[str, str]) -> Message:
    """What members are told of a session in one language; the subject names neither a person nor a case."""
    template = OF_SESSIONS[event]
    with translation.override(language):
        return Message(
            subject=str(template.subject),
            body=str(template.body) % values,
            path=reverse(template.page, kwargs={"session": session.public_id}),
        )


def message(event: str, *, language: str, case: Any, values: dict[str, str]) -> Message:
    """The message of an event in one language, with the case's number and what `values` adds."""
    template = CATALOGUE[event]
    with translation.override(language):
        filled = {"number": case.number, **values}
        return Message(
            subject=str(template.subject) % filled,
            body=str(template.body) % filled,
            path=reverse(template.page, kwargs={"case": case.public_id}),
        )
