"""Letters leave through a real mail server: once, whole, and later if it is down."""

import contextlib
import socket
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from marketplace import clock
from marketplace.db import db
from marketplace.jobs import OutboxJob, run_waiting
from marketplace.notifications.models import Letter
from marketplace.notifications.services import send_letter, write_letter
from tests import make


class Mailbox:
    """A mail server's handler that keeps what it was given."""

    def __init__(self):
        self.envelopes = []

    async def handle_DATA(self, _server, _session, envelope):
        self.envelopes.append(envelope)
        return "250 OK"

    @property
    def messages(self):
        return [message_from_bytes(each.content, policy=policy.default) for each in self.envelopes]


def free_port():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def port(app):
    number = free_port()
    before = {name: app.config[name] for name in ("SMTP_HOST", "SMTP_PORT", "SMTP_STARTTLS")}
    app.config.update(SMTP_HOST="127.0.0.1", SMTP_PORT=number, SMTP_STARTTLS=False)
    yield number
    app.config.update(before)


@pytest.fixture
def mailbox(port):
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box
    server.stop()


def written(name="Nguyễn Thị Lan"):
    letter = write_letter("password_changed", to=make.a_person(name, email="lan@example.vn", language="vi"))
    db.session.commit()
    return letter


def test_a_letter_leaves_once_whole_and_in_vietnamese(app, mailbox):
    letter = written()

    run_waiting()
    run_waiting()

    [message] = mailbox.messages
    assert mailbox.envelopes[0].rcpt_tos == ["lan@example.vn"]
    assert (message["To"], message["Subject"]) == ("lan@example.vn", letter.subject)
    assert message["From"].addresses[0].display_name == "Ba Nhà"
    assert message["Content-Language"] == "vi"
    assert message.get_content() == letter.body
    assert letter.sent_at is not None


def test_a_letter_sent_twice_after_a_crash_has_one_message_id(app, mailbox):
    letter = written()
    send_letter(letter.id)
    db.session.rollback()  # the worker died before it could note that the letter had left

    run_waiting()

    first, second = mailbox.messages
    assert first["Message-ID"] == second["Message-ID"] == f"<{letter.reference}@localhost>"


def test_a_mail_server_that_is_down_delays_the_letter_and_nothing_else(app, port):
    letter = written()

    run_waiting()
    [job] = db.session.scalars(select(OutboxJob)).all()
    waiting = (job.attempts, job.done_at, job.failed_at, letter.sent_at)
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    with clock.at(job.run_after + timedelta(seconds=1)):
        run_waiting()
    server.stop()

    assert waiting == (1, None, None, None)
    assert [message["Subject"] for message in box.messages] == [letter.subject]
    assert letter.sent_at is not None


def test_a_letter_that_never_leaves_is_given_up_after_eight_tries(app, port):
    written()

    for day in range(10):
        with clock.at(clock.now() + timedelta(days=day)):
            run_waiting()

    [job] = db.session.scalars(select(OutboxJob)).all()
    assert job.attempts == 8
    assert job.failed_at is not None
    assert db.session.scalars(select(Letter.sent_at)).one() is None


def test_a_name_with_line_ends_adds_no_header(app, mailbox):
    written("Lan\r\nBcc: khac@example.vn")

    run_waiting()

    [message] = mailbox.messages
    assert message["Bcc"] is None
    assert mailbox.envelopes[0].rcpt_tos == ["lan@example.vn"]
