"""Messages leave by a real SMTP server, once each, and wait when it refuses or is down."""

import email
import json
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from email import policy
from pathlib import Path

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone

from notifications.models import Delivery, Notice
from notifications.services import Message, notify, send_later
from notifications.views import sent_json
from portal.accounts.models import User
from procedures.jobs import services as jobs
from procedures.jobs.models import Job
from tests.portal.accounts.factories import person

SERVER = Path(__file__).with_name("mail_server.py")


@pytest.fixture
def mail_server(tmp_path: Path, settings) -> Iterator["MailServer"]:
    server = MailServer(tmp_path / "received.txt")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.stop()


class MailServer:
    """aiosmtpd as a process of its own; `refuses` makes it turn down every second message."""

    def __init__(self, received: Path) -> None:
        self.received, self.process = received, None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def start(self, *, refuses: bool = False) -> None:
        command = [sys.executable, str(SERVER), str(self.port), str(self.received), "half" if refuses else "none"]
        self.process = subprocess.Popen(command)
        for _attempt in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("the mail server did not start")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(10)

    def messages(self) -> list[str]:
        return self.received.read_text().split("\0")[:-1] if self.received.exists() else []


def write(number: int, **changes: object) -> Delivery:
    values = {"channel": "email", "language": "ar", "subject": "موضوع", "body": "نصّ\n\nhttps://verif.example.tn/ar/"}
    return send_later(key=f"test:{number}", address=f"person{number}@example.tn", **(values | changes))


def work() -> None:
    """Every job that waits, however long its pause is."""
    Job.objects.exclude(state=Job.State.DONE).update(run_after=timezone.now())
    for job in Job.objects.filter(state=Job.State.NEW):
        jobs.run(job.pk)


@pytest.mark.django_db(transaction=True)
def test_half_of_them_refused_still_arrive_once_each(mail_server):
    mail_server.start(refuses=True)
    for number in range(12):
        write(number)
    for _round in range(5):
        work()
    arrived = Counter(line for text in mail_server.messages() for line in text.splitlines() if line.startswith("To: "))
    assert arrived == {f"To: person{number}@example.tn": 1 for number in range(12)}
    assert not Delivery.objects.filter(sent_at=None).exists()
    assert Delivery.objects.filter(tries__gt=1).exists()


@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_down_keeps_the_message_and_its_error_names_nobody(mail_server):
    waiting = write(1)
    work()
    waiting.refresh_from_db()
    job = Job.objects.get()
    assert waiting.sent_at is None
    assert "ConnectionRefusedError" in waiting.error
    assert "person1" not in waiting.error + job.error
    mail_server.start()
    work()
    waiting.refresh_from_db()
    assert waiting.sent_at
    assert len(mail_server.messages()) == 1


@pytest.mark.django_db(transaction=True)
def test_the_mail_is_text_and_html_in_the_direction_of_its_language(mail_server):
    mail_server.start()
    write(1)
    write(2, language="fr", subject="Objet", body="Texte")
    work()
    arabic, french = (email.message_from_bytes(text.encode(), policy=policy.default) for text in mail_server.messages())
    html = arabic.get_body(("html",)).get_content()
    assert '<html lang="ar" dir="rtl">' in html
    assert 'href="https://verif.example.tn/ar/"' in html
    assert "نصّ" in arabic.get_body(("plain",)).get_content()
    assert '<html lang="fr" dir="ltr">' in french.get_body(("html",)).get_content()
    assert arabic["Message-ID"] != french["Message-ID"]


@pytest.mark.django_db(transaction=True)
def test_a_message_is_written_once_by_its_key_and_sent_once(mail_server):
    mail_server.start()
    assert write(1) == write(1)
    work()
    Job.objects.update(state=Job.State.NEW)  # a job that a crash gives to a worker again
    work()
    assert len(mail_server.messages()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_code_is_wiped_once_sent_and_not_sent_once_stale(mail_server):
    mail_server.start()
    fresh, stale = write(1, secret=True, body="482193"), write(2, secret=True, body="482193")
    week = timezone.now() + timezone.timedelta(days=7)
    lasting = write(3, secret=True, body="https://verif.example.tn/ar/secret/", good_until=week)
    old = timezone.now() - timezone.timedelta(minutes=16)
    Delivery.objects.filter(pk__in=(stale.pk, lasting.pk)).update(created_at=old)
    work()
    for each in (fresh, stale, lasting):
        each.refresh_from_db()
    assert (fresh.body, stale.body, stale.sent_at, stale.error) == ("", "", None, "expired")
    assert (lasting.body, lasting.html, lasting.error) == ("", "", "")
    assert len(mail_server.messages()) == 2


@pytest.mark.django_db
def test_a_notice_reaches_the_inbox_and_the_mail_by_one_key():
    user = person(language="fr")
    for _twice in range(2):
        notify(
            key="case_submitted:1",
            event="case_submitted",
            person=user,
            case=None,
            language="fr",
            message=Message("Objet", "Texte", "/fr/desk/"),
        )
    assert Notice.objects.get(person=user).subject == "Objet"
    assert Delivery.objects.get(address=user.email).body.endswith("https://verif.example.tn/fr/desk/")


@pytest.mark.django_db
def test_a_person_without_mail_is_told_by_telephone():
    user = User.objects.create_user(None, None, phone="+21622123456", phone_verified=True)
    notify(key="k", event="e", person=user, case=None, language="ar", message=Message("موضوع", "نصّ", "/ar/desk/"))
    assert Delivery.objects.get(channel="sms").address == "+21622123456"


@pytest.mark.django_db
def test_the_page_of_sent_messages_exists_in_the_demonstration_only(rf, settings):
    with pytest.raises(Http404):
        sent_json(rf.get("/demo/sent.json"))
    settings.TAKWIN_DEMONSTRATION = True
    write(1)
    told = json.loads(sent_json(rf.get("/demo/sent.json")).content)
    assert told[0]["to"] == "person1@example.tn"
    assert told[0]["language"] == "ar"


@pytest.mark.django_db
def test_the_demonstration_s_urls_are_not_mounted_elsewhere():
    assert Client().get("/demo/sent.json").status_code in (302, 404)
