"""Numbers, days, money and scope as each language writes them."""

import datetime as dt
from decimal import Decimal

from flask import Flask, g
from flask_babel import gettext

from portal.model.ects import Ects
from portal.model.offering import Price, Run
from portal.services import wording
from portal.services.clock import HELSINKI

_UNITS = {"fi": "op", "sv": "sp", "en": "ECTS"}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
NO_BREAK = "\u00a0"


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        number=number,
        signed=signed,
        day=day,
        moment=moment,
        iso_time=iso_time,
        scope=scope,
        money=money,
        period=period,
        cents=cents,
    )
    app.jinja_env.globals.update(scope_unit=unit)


def unit() -> str:
    """The abbreviation of a credit: op, sp, ECTS."""
    return _UNITS[g.language]


def number(value: int | float | Decimal) -> str:
    """1284 → `1 284` (fi, sv), `1,284` (en); 1.5 → `1,5` (fi, sv), `1.5` (en)."""
    text = f"{Decimal(str(value)).normalize():,f}"
    return text if g.language == "en" else text.replace(",", NO_BREAK).replace(".", ",")


def signed(value: int) -> str:
    """+35, −20 with a real minus sign, 0."""
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{number(abs(value))}"


def moment(value: dt.datetime) -> str:
    """21.11.2026 klo 3.00 (fi), 21.11.2026 kl. 3.00 (sv), 21 November 2026 at 3:00 (en), in Helsinki."""
    local = value.astimezone(HELSINKI)
    before, mark = {"fi": ("klo", "."), "sv": ("kl.", "."), "en": ("at", ":")}[g.language]
    return f"{day(local.date())} {before} {local.hour}{mark}{local.minute:02}"


def iso_time(value: dt.datetime) -> str:
    """As feeds write a time: 2026-11-21T01:00:00Z."""
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day(value: dt.date, *, year: bool = True) -> str:
    """12.1.2027 (fi, sv), 12 January 2027 (en)."""
    if g.language == "en":
        text = f"{value.day} {_MONTHS[value.month - 1]}"
        return f"{text} {value.year}" if year else text
    text = f"{value.day}.{value.month}."
    return f"{text}{value.year}" if year else text


def period(start: dt.date | None, end: dt.date | None) -> str:
    """A range with an en dash; what both ends share is written once: 12.1.–30.3.2027."""
    if start is None or end is None or start == end:
        only = start or end
        return day(only) if only else ""
    same_year = start.year == end.year
    if g.language == "en":
        return f"{day(start, year=not same_year)} – {day(end)}"
    return f"{day(start, year=not same_year)}–{day(end)}"


def scope(ects: Ects | None) -> str:
    """`5 op`, `2–10 sp`, `1.5 ECTS`; empty when not stated."""
    if ects is None or not ects.stated:
        return ""
    span = number(ects.min) if ects.min == ects.max else f"{number(ects.min)}–{number(ects.max)}"
    return f"{span}{NO_BREAK}{_UNITS[g.language]}"


def money(price: Price | None) -> str:
    """`maksuton`, `75 €`, in English `€75`; empty when not stated."""
    if price is None:
        return ""
    if price.is_free:
        return gettext("free")
    amount = number(price.amount) if price.amount == price.amount.to_integral_value() else _cents(price.amount)
    sign = "€" if price.currency == "EUR" else price.currency
    return f"{sign}{amount}" if g.language == "en" and sign == "€" else f"{amount}{NO_BREAK}{sign}"


def cents(amount: int) -> str:
    """7500 → `75 €`, in English `€75`."""
    return wording.money(amount, g.language)


def _cents(amount: Decimal) -> str:
    text = f"{amount:,.2f}"
    return text if g.language == "en" else text.replace(",", NO_BREAK).replace(".", ",")


def run_time(run: Run) -> str:
    """When a run takes place, in words."""
    if run.start or run.end:
        return period(run.start, run.end)
    return gettext("you can start now") if run.pace == "self_paced" else gettext("next date not known")
