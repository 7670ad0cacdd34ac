"""How many ask for one offering or wish, as the last build of demand published it; nothing else may be shown."""

import datetime as dt
from dataclasses import dataclass

from flask_babel import gettext

from portal.services.clock import day_in_helsinki
from portal.services.demand.forecasting import Forecast
from portal.web.current import services
from portal.web.formatting import number

_MOST_CIRCLES = 10
_LEAST = 5


def in_fives(count: int) -> int:
    """People or organisations as the desk may show them: rounded down, 0 for fewer than five. Exact numbers would tell
    of single persons, if not by themselves then by what changed since yesterday."""
    return count - count % _LEAST


def at_least(count: int) -> str:
    """`15+`, or that there are fewer than five."""
    return f"{number(in_fives(count))}+" if count >= _LEAST else gettext("fewer than %(n)s", n=_LEAST)


@dataclass(frozen=True)
class Asking:
    """At least so many people, and seats that employers speak for; 0: fewer than `minimum`.

    circles: to draw, each for `each` people. forecast: of a wish with enough people.
    """

    people: int
    seats: int
    minimum: int
    counted: dt.date
    forecast: Forecast | None = None

    @property
    def each(self) -> int:
        return 1 if self.people <= _MOST_CIRCLES else 10

    @property
    def circles(self) -> int:
        return min(self.people // self.each, _MOST_CIRCLES)


def asking_for_offering(offering_id: str) -> Asking | None:
    """None before the first build."""
    return _asking("offering", offering_id)


def asking_for_wish(proposal_id: str, field: str | None, group: int) -> Asking | None:
    """With the chance that a group of this size fills; None before the first build."""
    return _asking("proposal", proposal_id, services().codes.broad_field(field), group)


def _asking(table: str, id: str, field: str | None = None, group: int | None = None) -> Asking | None:
    tables = services().demand.current()
    if tables is None:
        return None
    single = tables.single(table, id)
    forecast = tables.forecast(single, field, group) if group else None
    return Asking(single.people, single.seats, tables.build.minimum, day_in_helsinki(tables.build.built_at), forecast)
