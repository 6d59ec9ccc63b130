"""A draft of the trainee with every question answered and no paper yet, over the scratch database; its id on stdout.

Run as a process of its own (`python -m tests.browser.drafting fr`): the portal under test has another database. With
the id of such a draft instead of a language it is taken away, so that the next test meets no draft of another.
"""

import sys
from datetime import timedelta

import django

LANGUAGE_CODE = 2


def main(language: str) -> None:
    django.setup()
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from procedures.resolving import resolve
    from procedures.testing import posted, sample_answers
    from procedures.wizard.changes import recorded
    from procedures.wizard.models import Draft
    from tests.procedures.kernel.factories import CODE

    if len(language) > LANGUAGE_CODE:
        Draft.objects.get(pk=language).delete()
        return
    procedure, now = resolve(CODE), timezone.now()
    answers = sample_answers(procedure, language, contact={"governorate": "TN-82"})
    typed = {}
    for step in procedure.steps:
        own = {code: given for code, given in answers.items() if procedure.blocks[code].step.code == step.code}
        data = {
            name: values if isinstance(values, list) else [values] for name, values in posted(procedure, own).items()
        }
        typed[step.code] = recorded(None, data, at=0)
    draft = Draft.objects.create(
        owner=get_user_model().objects.get(email="trainee@demo.takwin.example"),
        procedure=CODE, procedure_version=procedure.version, language=language, answers=answers, typed=typed,
        done_steps=[step.code for step in procedure.steps], saved_at=now, expires_at=now + timedelta(days=90),
    )  # fmt: skip
    print(draft.pk)


if __name__ == "__main__":
    main(sys.argv[1])
