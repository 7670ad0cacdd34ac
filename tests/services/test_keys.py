"""Keys and links: made once, for their owner only, and of no use to anyone else."""

import stat
import threading

import pytest

from portal.config import from_environment
from portal.model.contact import Subject
from portal.model.errors import ConfigurationError, Refused, StaleForm
from portal.services.forms import Forms
from portal.services.keys import Keys
from portal.services.links import Linked, Links
from portal.services.persons import Persons

LINKED = Linked("m:1", "b:2", Subject.OFFERING, "helsinki-x")


def test_the_key_of_persons_is_made_once_and_is_for_its_owner_only(tmp_path):
    first = Keys(tmp_path).person()
    assert Keys(tmp_path).person() == first and len(first) >= 32
    assert stat.S_IMODE((tmp_path / "person.key").stat().st_mode) == 0o600


def test_processes_that_start_at_once_share_one_key(tmp_path):
    found, start = set(), threading.Barrier(8)

    def make():
        start.wait()
        found.add(Keys(tmp_path).person())

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["person.key"]


def test_a_key_that_is_given_is_used_and_none_is_made(tmp_path):
    assert Keys(tmp_path, "x" * 32).person() == b"x" * 32
    assert not (tmp_path / "person.key").exists()


def test_a_short_key_is_refused():
    with pytest.raises(ConfigurationError, match="PORTAL_PERSON_KEY"):
        from_environment({"PORTAL_PERSON_KEY": "short"})


def test_an_address_is_the_same_person_whatever_its_capitals_and_another_with_another_key(tmp_path):
    persons, others = Persons(Keys(tmp_path)), Persons(Keys(tmp_path, "x" * 32))
    assert persons.of_address("Aino@People.example ") == persons.of_address("aino@people.example")
    assert persons.of_address("aino@people.example") != others.of_address("aino@people.example")
    assert persons.of_address("x") != persons.of_browser("x")


def test_a_link_says_what_was_put_into_it(clock):
    links = Links("s" * 40, "https://osaset.example", clock)
    url = links.url("withdraw", LINKED, "sv")
    assert url.startswith("https://osaset.example/sv/mail/withdraw/")
    assert links.read("withdraw", url.rpartition("/")[2]) == LINKED


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "", lambda t: "å", lambda t: t + "\n"]
)
def test_a_link_that_was_changed_is_refused(clock, spoil):
    links = Links("s" * 40, "", clock)
    with pytest.raises(Refused):
        links.read("withdraw", spoil(links.token("withdraw", LINKED)))


def test_a_link_of_another_purpose_or_secret_is_refused(clock):
    token = Links("s" * 40, "", clock).token("withdraw", LINKED)
    for purpose, secret in (("erase", "s" * 40), ("withdraw", "t" * 40)):
        with pytest.raises(Refused):
            Links(secret, "", clock).read(purpose, token)


@pytest.mark.parametrize("key", ["", "x", "å", "a.b.c", "\x00", "." * 5000])
def test_a_key_of_a_form_that_is_not_ours_is_refused(clock, key):
    with pytest.raises(StaleForm):
        Forms("s" * 40, clock).check(key, "propose")
