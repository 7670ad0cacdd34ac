"""What day it is where the portal's users live."""

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")
Clock = Callable[[], dt.datetime]


def day_in_helsinki(moment: dt.datetime) -> dt.date:
    """The day of a stored time (UTC) where the portal's users live."""
    return moment.astimezone(HELSINKI).date()


def now() -> dt.datetime:
    """The time in Helsinki; its date is the day that counts everywhere in the portal."""
    return dt.datetime.now(HELSINKI)
