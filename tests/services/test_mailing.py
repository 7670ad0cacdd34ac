"""Mail: handed to a real SMTP server or a folder, once each, in the reader's language, none in the way of others."""

import datetime as dt
import socket
import stat
from dataclasses import replace
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from factories import make_offering, make_run
from wishing import OFFERING, interested, joined, links, promise, sent, someone, token, wish

from portal.model.contact import Letter, Subject
from portal.model.errors import ConfigurationError
from portal.services.mailing import Mailing
from portal.services.posting import FolderPost, NoServer, SmtpPost
from portal.store.letters import MAX_TRIES, LetterStore


class Server:
    """Keeps what it is given; refuses some addresses and breaks off at others."""

    def __init__(self):
        self.taken = []
        self.refused = set()
        self.fatal = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "450 mailbox busy"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.fatal & set(envelope.rcpt_tos):
            server.transport.abort()
            return "421 gone"
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def server():
    """A real SMTP server in this process."""
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=0)
    controller.port = _free_port()
    controller.start()
    handler.url = f"smtp://127.0.0.1:{controller.port}"
    yield handler
    controller.stop()


def _free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture
def mailing(wishes, server, time):
    """The portal's mail, sent to that server."""
    rendering = wishes.mailing._rendering
    return Mailing(LetterStore(wishes.database), rendering, SmtpPost(server.url), time)


def receivers(server):
    return sorted(message["To"] for message in server.taken)


def test_mail_reaches_a_real_server_with_the_headers_of_good_mail(wishes, mailing, server, time):
    interested(wishes, email="aino@people.example")
    done = mailing.send()
    assert (done.sent, done.failed, done.waiting) == (1, 0, 0)
    (mail,) = server.taken
    assert mail["To"] == "aino@people.example" and mail["From"] == "Osaset <osaset@osaset.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@osaset.example>")
    assert parsedate_to_datetime(mail["Date"]) == time().replace(microsecond=0)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"] == f"<https://osaset.example/fi/mail/unsubscribe/{token(mail, 'unsubscribe')}>"
    assert mail.get_content_type() == "text/plain"


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # the password of a test, on this machine
def test_a_server_that_asks_for_a_password_gets_it_and_a_wrong_one_is_told(wishes, time):
    handler, asked = Server(), []

    def check(server, session, envelope, mechanism, data):
        asked.append((data.login, data.password))
        return AuthResult(success=data.password == b"p@ss", handled=False)  # the server itself says no

    options = {"authenticator": check, "auth_required": True, "auth_require_tls": False}
    controller = Controller(handler, hostname="127.0.0.1", port=_free_port(), **options)
    controller.start()
    try:
        interested(wishes, email="aino@people.example")
        for password, sends in (("wrong", False), ("p%40ss", True)):
            post = SmtpPost(f"smtp://osaset:{password}@127.0.0.1:{controller.port}")
            mailing = Mailing(LetterStore(wishes.database), wishes.mailing._rendering, post, time)
            if sends:
                assert mailing.send().sent == 1
            else:
                with pytest.raises(NoServer):
                    mailing.send()
    finally:
        controller.stop()
    assert asked[-1] == (b"osaset", b"p@ss") and receivers(handler) == ["aino@people.example"]


def test_a_server_without_encryption_gets_nothing_when_encryption_was_asked_for(wishes, server, time):
    interested(wishes, email="aino@people.example")
    post = SmtpPost(server.url.replace("smtp://", "smtp+starttls://"))
    with pytest.raises(NoServer):
        Mailing(LetterStore(wishes.database), wishes.mailing._rendering, post, time).send()
    assert server.taken == []


def test_what_was_sent_is_not_sent_again(wishes, mailing, server):
    interested(wishes, email="aino@people.example")
    mailing.send()
    assert mailing.send().sent == 0
    assert len(server.taken) == 1


def test_an_address_that_fails_stops_nobody_and_is_tried_five_times_in_all(wishes, mailing, server, time):
    server.refused = {"full@people.example"}
    for address in ("full@people.example", "aino@people.example"):
        interested(wishes, email=address)
    rounds = []
    for _ in range(12):
        rounds.append(mailing.send())
        time.move(days=1, hours=1)
    assert receivers(server) == ["aino@people.example"]
    assert (rounds[0].sent, rounds[0].failed) == (1, 1)
    assert sum(done.failed for done in rounds) == MAX_TRIES
    assert sum(done.given_up for done in rounds) == 1
    assert rounds[-1].waiting == 0


def test_a_failed_mail_waits_before_it_is_tried_again(wishes, mailing, server, time):
    server.refused = {"full@people.example"}
    interested(wishes, email="full@people.example")
    mailing.send()
    server.refused = set()
    assert mailing.send().sent == 0
    time.move(minutes=11)
    assert mailing.send().sent == 1


def test_a_connection_that_breaks_off_costs_one_mail_a_try(wishes, mailing, server):
    server.fatal = {"bad@people.example"}
    for address in ("a@people.example", "bad@people.example", "c@people.example"):
        interested(wishes, email=address)
    done = mailing.send()
    assert receivers(server) == ["a@people.example", "c@people.example"]
    assert (done.sent, done.failed, done.waiting) == (2, 1, 1)


def test_without_a_server_nothing_is_lost_and_no_try_is_used_up(wishes, time):
    interested(wishes, email="aino@people.example")
    letters = LetterStore(wishes.database)
    dead = Mailing(letters, wishes.mailing._rendering, SmtpPost(f"smtp://127.0.0.1:{_free_port()}"), time)
    for _ in range(7):
        with pytest.raises(NoServer):
            dead.send()
    assert letters.waiting() == 1
    assert len(sent(wishes)) == 1


def test_a_crash_after_handing_over_sends_one_mail_once_more_under_the_same_id(wishes, server, time):
    class Crash(BaseException):
        pass

    class Crashing(LetterStore):
        def note_sent(self, letter_id, at):
            raise Crash

    interested(wishes, email="aino@people.example")
    rendering, post = wishes.mailing._rendering, SmtpPost(server.url)
    with pytest.raises(Crash):
        Mailing(Crashing(wishes.database), rendering, post, time).send()
    after = Mailing(LetterStore(wishes.database), rendering, post, time)
    assert after.send().sent == 0
    time.move(minutes=11)
    assert after.send().sent == 1
    assert after.send().sent == 0
    assert len({mail["Message-ID"] for mail in server.taken}) == 1 and len(server.taken) == 2


def test_two_rounds_at_once_send_each_mail_once(wishes, server, time):
    for number in range(12):
        interested(wishes, email=f"p{number}@people.example")
    letters, rendering = LetterStore(wishes.database), wishes.mailing._rendering
    other = Mailing(letters, rendering, SmtpPost(server.url), time)

    class Interrupting(SmtpPost):
        """Lets another round run while one mail is on its way."""

        def hand_over(self, message):
            other.send()
            super().hand_over(message)

    Mailing(letters, rendering, Interrupting(server.url), time).send()
    assert len(receivers(server)) == len(set(receivers(server))) == 12


def test_mail_for_who_has_left_meanwhile_is_dropped(wishes, mailing, server):
    recorded = interested(wishes, email="aino@people.example")
    wishes.interests.withdraw(recorded.withdraw_token)
    assert mailing.send().sent == 0


def test_nobody_gets_anything_but_the_link_before_it_is_followed(wishes, mailing, server):
    made = wish(wishes)
    joined(wishes, made, email="aino@people.example")
    wishes.loop.commit(made, promise())
    mailing.send()
    assert [mail["Subject"] for mail in server.taken if mail["To"] == "aino@people.example"] == [
        "Vahvista toiveesi: Tekoäly opettajille"
    ]


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("fi", "Järjestäjä tarttui toiveeseen: AI for teachers", "Järjestäjä tarttui toiveeseen: Helsingin yliopisto"),
        ("sv", "En anordnare har åtagit sig att ordna det: AI for teachers", "Helsingfors universitet"),
        ("en", "A provider has taken it up: AI for teachers", "1 March 2027"),
    ],
)
def test_followers_are_told_in_their_own_language(wishes, language, subject, words):
    made = wish(wishes, title="AI for teachers")
    joined(wishes, made, someone(language), email="aino@people.example", confirm=True)
    sent(wishes)
    wishes.loop.commit(made, promise())
    mail = next(mail for mail in sent(wishes) if mail["To"] == "aino@people.example")
    assert mail["Subject"] == subject and words in mail.get_content()
    assert mail["Content-Language"] == language
    assert f"https://osaset.example/{language}/proposals/{made}" in mail.get_content()
    assert set(links(mail)) == {"unsubscribe", "withdraw", "erase"}


def test_a_title_with_line_breaks_cannot_add_headers(wishes):
    made = wish(wishes, title="Tekoäly\r\nBcc: victim@people.example")
    mail = next(mail for mail in sent(wishes) if made in mail.get_content())
    assert mail["Bcc"] is None and "Bcc" in mail["Subject"]


def test_a_letter_that_cannot_be_made_keeps_the_others_from_nothing(wishes):
    letters = LetterStore(wishes.database)
    with wishes.database.write() as transaction:
        broken = Letter("m:x", Subject.PROPOSAL, "p", "s", "missing", "fi", address="x@people.example")
        letters.enqueue(transaction, broken, wishes.clock())
    interested(wishes, email="aino@people.example")
    done = wishes.mailing.send()
    assert (done.sent, done.failed) == (1, 1)


def test_mail_in_the_folder_is_for_its_owner_only(wishes):
    interested(wishes, email="aino@people.example")
    sent(wishes)
    (path,) = (wishes.settings.data / "mail").glob("*.eml")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_used_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(NoServer, match="file"):
        FolderPost(tmp_path / "file" / "mail").open()


@pytest.mark.parametrize("url", ["nonsense", "http://mail", "smtp://", "smtp://host:port", "smtp://host:99999"])
def test_a_server_address_that_cannot_be_read_is_refused_by_the_name_of_the_setting(url):
    with pytest.raises(ConfigurationError, match="PORTAL_SMTP_URL"):
        SmtpPost(url)


def test_mail_to_a_server_wants_an_address_for_its_links(settings):
    with pytest.raises(ConfigurationError, match="PORTAL_BASE_URL"):
        replace(settings, smtp_url="smtp://mail.example").require_for_mail()


def follow(wishes, email="aino@people.example"):
    interested(wishes, email=email)
    for mail in sent(wishes):
        wishes.following.confirm(token(mail, "confirm"))


def test_followers_of_an_offering_hear_of_a_new_run_once(wishes):
    wishes.store.save([(make_offering(runs=[make_run(id="old")]), {})])
    follow(wishes)
    assert wishes.new_runs.announce() == 0
    wishes.store.save([(make_offering(runs=[make_run(id="old"), make_run(id="new", start="2027-01-12")]), {})])
    assert wishes.new_runs.announce() == 1
    assert wishes.new_runs.announce() == 0
    (mail,) = sent(wishes)
    assert "12.1.2027" in mail.get_content() and OFFERING in mail.get_content()


def test_a_run_that_is_over_is_no_news(wishes):
    follow(wishes)
    over = make_run(start="2026-10-01", end="2026-10-30", enrol_from=None, enrol_by=None)
    wishes.store.save([(make_offering(runs=[over]), {})])
    assert wishes.new_runs.announce() == 0


def test_who_followed_a_run_that_ended_is_asked_how_it_was_once(wishes, time):
    wishes.store.save([(make_offering(runs=[make_run(id="r")]), {})])
    follow(wishes)
    time.now = dt.datetime(2027, 2, 2, 12, tzinfo=time.now.tzinfo)
    assert wishes.new_runs.announce() == 1
    assert wishes.new_runs.announce() == 0
    (mail,) = sent(wishes)
    assert wishes.feedback.about(token(mail, "feedback")) == OFFERING
