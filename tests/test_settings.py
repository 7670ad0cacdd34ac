"""Settings: read in one place, explained in one place, refused with a sentence."""

import re
from pathlib import Path

import pytest

from portal.config import from_environment
from portal.model.errors import ConfigurationError

ROOT = Path(__file__).resolve().parents[1]


def names_in(path):
    return set(re.findall(r"PORTAL_[A-Z_]+[A-Z]", (ROOT / path).read_text(encoding="utf-8")))


def test_every_setting_is_explained_in_the_example_and_every_one_explained_is_read():
    assert names_in("portal/config.py") == names_in(".env.example")


def test_no_other_module_reads_settings_that_config_does_not_know():
    others = set().union(*(names_in(path) for path in (ROOT / "portal").rglob("*.py")))
    assert others <= names_in("portal/config.py")


def test_without_any_setting_the_data_lie_in_a_folder_beside(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = from_environment({})
    assert settings.data == tmp_path / "instance"
    assert settings.database_url == f"sqlite:///{tmp_path / 'instance' / 'portal.sqlite3'}"
    assert settings.search_url == f"whoosh:{tmp_path / 'instance' / 'index'}"


def test_an_empty_setting_is_as_good_as_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert from_environment(dict.fromkeys(names_in("portal/config.py"), "")) == from_environment({})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_TRUSTED_PROXIES", "many"),
        ("PORTAL_TRUSTED_PROXIES", "-1"),
        ("PORTAL_TRUSTED_PROXIES", "²"),
        ("PORTAL_CACHE", "maybe"),
        ("PORTAL_DEMAND_MINIMUM", "4"),
        ("PORTAL_SEARCH_RATE", "often"),
        ("PORTAL_FORM_RATE", "seldom"),
    ],
)
def test_a_wrong_setting_is_refused_by_its_name(name, value):
    with pytest.raises(ConfigurationError, match=name):
        from_environment({name: value})


def test_forms_have_a_rate_of_their_own():
    assert (from_environment({}).form_rate, from_environment({"PORTAL_FORM_RATE": "off"}).form_rate) == (
        "300/hour",
        "off",
    )


@pytest.mark.parametrize("rate", ["off", "3/minute", "10 per second"])
def test_a_search_rate_is_a_number_in_a_time_or_off(rate):
    assert from_environment({"PORTAL_SEARCH_RATE": rate}).search_rate == rate


def test_the_base_address_is_kept_without_its_last_slash():
    assert from_environment({"PORTAL_BASE_URL": "https://osaset.example/"}).base_url == "https://osaset.example"


@pytest.mark.parametrize("secret", ["", "short", "x" * 31])
def test_a_missing_or_short_secret_is_refused(secret):
    with pytest.raises(ConfigurationError, match="PORTAL_SECRET_KEY"):
        from_environment({"PORTAL_SECRET_KEY": secret}).require_secret()


def test_a_secret_of_32_characters_is_enough():
    from_environment({"PORTAL_SECRET_KEY": "x" * 32}).require_secret()
