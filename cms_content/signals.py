"""What follows a change: a new mark for a procedure, names read again, an editor let in or out."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import PermissionDenied
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.signals import published, unpublished

from cms_content.editors import settle_editor
from cms_content.in_force import mark_changed
from cms_content.models import Opening, ProcedureValue, ProcedureWords, SiteSettings, StandardPage
from cms_content.recording import note_words, whoever_edits
from cms_content.selectors import forget_site_facts
from procedures.added_reasons import code_in
from procedures.offices.models import Membership


@receiver([post_save, post_delete], sender=ProcedureWords)
@receiver([post_save, post_delete], sender=ProcedureValue)
@receiver([post_save, post_delete], sender=Opening)
def procedure_changed(instance: ProcedureWords | ProcedureValue | Opening, **kwargs: Any) -> None:
    mark_changed(instance.procedure)


@receiver(published, sender=ProcedureWords)
def words_in_force(instance: ProcedureWords, revision: Any = None, **kwargs: Any) -> None:
    note_words(instance, whoever_edits(revision), taken_back=False)


@receiver(pre_delete, sender=ProcedureWords)
def words_deleted(instance: ProcedureWords, **kwargs: Any) -> None:
    if instance.live:
        note_words(instance, whoever_edits(), taken_back=True)


@receiver(unpublished, sender=ProcedureWords)
def words_out_of_force(instance: ProcedureWords, **kwargs: Any) -> None:
    note_words(instance, whoever_edits(), taken_back=True)


@receiver(pre_delete, sender=ProcedureValue)
def added_reasons_stay(instance: ProcedureValue, **kwargs: Any) -> None:
    """A reason that was added is ended from a day on, and never taken away: a decision may rest on it."""
    if code_in(instance.path):
        raise PermissionDenied(_("A reason is ended in the administration, and never deleted."))


@receiver([post_save, post_delete], sender=SiteSettings)
@receiver([post_save, post_delete], sender=StandardPage)
def site_changed(**kwargs: Any) -> None:
    forget_site_facts()


@receiver([post_save, post_delete], sender=Membership)
def membership_changed(instance: Membership, **kwargs: Any) -> None:
    settle_editor(instance.person)


@receiver(user_logged_in)
def person_came_in(user: Any, **kwargs: Any) -> None:
    settle_editor(user)
