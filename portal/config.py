"""Settings of the portal: one frozen value, read from the environment here and nowhere else."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.model.errors import ConfigurationError

MIN_SECRET = 32
MIN_PUBLISHED = 5


@dataclass(frozen=True)
class Settings:
    """What an operator can set; `.env.example` explains each."""

    data: Path
    database_url: str
    search_url: str
    secret_key: str = ""
    base_url: str = ""
    trusted_proxies: int = 0
    search_rate: str = "300/minute"
    form_rate: str = "300/hour"
    cache: bool = True
    voikko: bool = True
    controller: str = ""
    controller_contact: str = ""
    supervisor: str = ""
    feedback_email: str = ""
    person_key: str = ""
    smtp_url: str = ""
    mail_from: str = ""
    operator_email: str = ""
    demand_minimum: int = MIN_PUBLISHED

    @property
    def uploads(self) -> Path:
        """Where files lie that providers sent."""
        return self.data / "uploads"

    def require_secret(self) -> None:
        """Refuse a missing or short secret; sessions, links and hashed keys would be guessable."""
        if len(self.secret_key) < MIN_SECRET:
            raise ConfigurationError(
                f"PORTAL_SECRET_KEY is missing or shorter than {MIN_SECRET} characters. Make one with: "
                'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
            )

    def require_for_mail(self) -> None:
        """Refuse to send mail whose links nobody could trust or follow."""
        self.require_secret()
        if self.smtp_url and not self.base_url:
            raise ConfigurationError("PORTAL_BASE_URL is missing: links in mail would lead nowhere.")


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from PORTAL_… variables; a wrong one raises ConfigurationError with a sentence."""
    env = os.environ if environment is None else environment
    data = Path(env.get("PORTAL_DATA") or "instance").absolute()
    return Settings(
        data=data,
        database_url=env.get("PORTAL_DATABASE_URL") or f"sqlite:///{data / 'portal.sqlite3'}",
        search_url=env.get("PORTAL_SEARCH_URL") or f"whoosh:{data / 'index'}",
        secret_key=env.get("PORTAL_SECRET_KEY", ""),
        base_url=env.get("PORTAL_BASE_URL", "").rstrip("/"),
        trusted_proxies=_whole_number(env, "PORTAL_TRUSTED_PROXIES", 0),
        search_rate=_rate(env, "PORTAL_SEARCH_RATE", "300/minute"),
        form_rate=_rate(env, "PORTAL_FORM_RATE", "300/hour"),
        cache=_on_or_off(env, "PORTAL_CACHE", True),
        voikko=_on_or_off(env, "PORTAL_VOIKKO", True),
        controller=env.get("PORTAL_CONTROLLER", ""),
        controller_contact=env.get("PORTAL_CONTROLLER_CONTACT", ""),
        supervisor=env.get("PORTAL_ACCESSIBILITY_SUPERVISOR", ""),
        feedback_email=env.get("PORTAL_FEEDBACK_EMAIL", ""),
        person_key=_person_key(env),
        smtp_url=env.get("PORTAL_SMTP_URL", ""),
        mail_from=env.get("PORTAL_MAIL_FROM", ""),
        operator_email=env.get("PORTAL_OPERATOR_EMAIL", ""),
        demand_minimum=_at_least(env, "PORTAL_DEMAND_MINIMUM", MIN_PUBLISHED),
    )


def environment_of(settings: Settings) -> dict[str, str]:
    """This process's environment with the settings that a child process needs to be told."""
    return os.environ | {
        "PORTAL_DATA": str(settings.data),
        "PORTAL_DATABASE_URL": settings.database_url,
        "PORTAL_SEARCH_URL": settings.search_url,
        "PORTAL_SECRET_KEY": settings.secret_key,
    }


def _person_key(env: Mapping[str, str]) -> str:
    value = env.get("PORTAL_PERSON_KEY", "")
    if value and len(value) < MIN_SECRET:
        raise ConfigurationError(
            f"PORTAL_PERSON_KEY is shorter than {MIN_SECRET} characters; leave it out, or write more."
        )
    return value


def _whole_number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name) or str(default)
    if not value.isdecimal():
        raise ConfigurationError(f"{name} is a whole number, for example 1; it says {value!r}.")
    return int(value)


def _at_least(env: Mapping[str, str], name: str, least: int) -> int:
    value = _whole_number(env, name, least)
    if value < least:
        raise ConfigurationError(f"{name} is {least} or more; it says {value}.")
    return value


def _rate(env: Mapping[str, str], name: str, default: str) -> str:
    value = (env.get(name) or default).strip().lower()
    if value != "off" and not re.fullmatch(
        r"[1-9]\d{0,8} ?(/|per) ?([1-9]\d{0,3} ?)?(second|minute|hour|day)s?", value
    ):
        raise ConfigurationError(f"{name} is a rate such as 300/minute, or off; it says {value!r}.")
    return value


def _on_or_off(env: Mapping[str, str], name: str, default: bool) -> bool:
    value = (env.get(name) or ("on" if default else "off")).lower()
    if value not in ("on", "off"):
        raise ConfigurationError(f"{name} is on or off; it says {value!r}.")
    return value == "on"
