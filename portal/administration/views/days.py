"""Moratoria and holidays: what is halted, and when delays stand still."""

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.administration.almanac import months
from portal.administration.asking import Back, Kept, Question, ask, do, fields_of
from portal.administration.forms.days import Resting7, Warned
from portal.administration.forms.nomenclature import Halting, Resting, Stopping
from portal.administration.nomenclature import moratoria as believed_moratoria
from portal.administration.nomenclature import years
from portal.administration.rooms import changes, reads, show
from portal.administration.telling import changes_of
from portal.administration.views.people import METHODS
from procedures.audit.models import Entry
from procedures.calendar.models import Holiday, Version, Weekend
from procedures.calendar.selectors import calendar
from procedures.calendar.services import LATE_NOTICE, change_holiday, enter_holiday, remove_holiday, set_weekend
from procedures.timekeeping.services import set_warnings
from procedures.timekeeping.warnings import warning_settings
from registers.history.selectors import believed
from registers.specialities.editing import declare_moratorium, end_moratorium
from registers.specialities.models import Moratorium

SUBJECTS = ("working_calendar.holiday", "working_calendar.weekend", "timekeeping.warningsettings")


@reads
@require_safe
def moratoria(request: HttpRequest) -> HttpResponse:
    return show(request, "administration/moratoria.html", {"rows": believed_moratoria()})


@changes
@require_http_methods(METHODS)
def halting(request: HttpRequest) -> HttpResponse:
    question = Question(
        title=_("Declare a moratorium"),
        button=_("Declare the moratorium"),
        back=Back(reverse("administration:moratoria"), _("Moratoria")),
        lead=_("Procedures that ask for this speciality say so from the first day on. What is running goes on."),
    )
    initial = {"speciality": request.GET.get("speciality", "")}
    return ask(request, Halting, question, declare_moratorium, _("The moratorium is declared."), initial=initial)


@changes
@require_http_methods(METHODS)
def stopping(request: HttpRequest, moratorium: int) -> HttpResponse:
    held = get_object_or_404(Moratorium.objects.filter(believed()).select_related("subject"), pk=moratorium)
    question = Question(
        title=_("End this moratorium"),
        button=_("End the moratorium"),
        back=Back(reverse("administration:moratoria"), _("Moratoria")),
        facts=(
            (_("Speciality"), held.subject),
            (_("What is halted"), held.get_kind_display()),
            (_("Governorate"), held.governorate or _("The whole country")),
            (_("First day"), held.since),
        ),
        lead=_("On its first day or before, it is taken back whole."),
    )
    act, done = partial(end_moratorium, moratorium=held), _("The end of the moratorium is noted.")
    return ask(request, Stopping, question, act, done, initial={"on": timezone.localdate()})


@reads
@require_safe
def holidays(request: HttpRequest) -> HttpResponse:
    known = years()
    asked = request.GET.get("year", "")
    year = next((one for one in known if str(one) == asked), timezone.localdate().year)
    found = Holiday.objects.current().filter(day__year=year)
    everything = Entry.objects.filter(subject_type__in=SUBJECTS).values_list("subject_type", "subject_id")
    context = {"years": known, "year": year, "holidays": found, "oldest": timezone.localdate() - LATE_NOTICE}
    context["months"] = months(year, calendar())
    context["version"] = Version.objects.select_related("made_by").latest("number")
    context["weekends"] = Weekend.objects.current()
    context["warned"] = warning_settings()
    context["changes"] = changes_of(*((kind, {pk}) for kind, pk in everything))
    return show(request, "administration/holidays.html", context)


@changes
@require_http_methods(METHODS)
def weekend(request: HttpRequest) -> HttpResponse:
    question = Question(
        title=_("Set the weekend"),
        button=_("Set the weekend"),
        back=Back(reverse("administration:holidays"), _("Working calendar")),
        lead=_("From the first day on. Earlier days keep the weekend they had; open dates are counted again."),
    )
    initial = {"days": [str(day) for day in sorted(calendar().rests(timezone.localdate()))]}
    return ask(request, Resting7, question, set_weekend, _("The weekend is set."), initial=initial)


@changes
@require_http_methods(METHODS)
def warnings(request: HttpRequest) -> HttpResponse:
    question = Question(
        title=_("When officers are warned"),
        button=_("Save the changes"),
        back=Back(reverse("administration:holidays"), _("Working calendar")),
        lead=_("Whoever holds the case is warned first; from the day the date has passed, the head of the office too."),
    )
    held = warning_settings()
    initial = {"near_at": held.near_at, "again_after": held.again_after}
    return ask(request, Warned, question, set_warnings, _("The warnings are set."), initial=initial)


@changes
@require_http_methods(METHODS)
def resting(request: HttpRequest) -> HttpResponse:
    question = _about(_("Enter a holiday"), _("Enter the holiday"))
    initial = {"standing": Holiday.Standing.CONFIRMED}
    return ask(request, Resting, question, enter_holiday, _("The holiday is on the calendar."), initial=initial)


@changes
@require_http_methods(METHODS)
def moving(request: HttpRequest, holiday: int) -> HttpResponse:
    held = get_object_or_404(Holiday.objects.current(), pk=holiday)
    question = _about(_("Change this holiday"), _("Save the changes"))
    kept = Kept(held, fields_of(*Resting.base_fields))
    return ask(
        request, Resting, question, partial(change_holiday, holiday=held), _("The holiday is changed."), kept=kept
    )


@changes
@require_POST
def removing(request: HttpRequest, holiday: int) -> HttpResponseBase:
    held = get_object_or_404(Holiday.objects.current(), pk=holiday)
    done = _("The day is off the calendar and counts again.")
    return do(request, lambda: remove_holiday(holiday=held, by=request.user), done, reverse("administration:holidays"))


def _about(title: str, button: str) -> Question:
    return Question(
        title=title,
        button=button,
        back=Back(reverse("administration:holidays"), _("Working calendar")),
        lead=_("Open dates that this touches are counted again; each case keeps the date before, and why it moved."),
    )
