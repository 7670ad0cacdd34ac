"""Puts people, employers and searches into a store, for tests of demand."""

import datetime as dt

import sqlalchemy as sa
from factories import offering_json

from portal.bootstrap import Services
from portal.model.offering import Offering
from portal.store.signal_tables import interest, joining, proposal, vain_search

NOW = dt.datetime(2026, 11, 10, 12, tzinfo=dt.UTC)


def save_offering(services: Services, **parts: object) -> str:
    """Publish an offering of the field ICT; its id."""
    offering = Offering.model_validate(offering_json(**parts))
    services.store.save([(offering, {})])
    return services.store.codes(offering.provider)[offering.code]


def add_people(
    services: Services, offering: str, number: int, *, first: int = 0, level: str = "curious", people: int = 1,
    region: str | None = None, mode: str | None = "online", confirmed: bool = False, at: dt.datetime = NOW,
) -> None:  # fmt: skip
    """So many different people who are interested in the offering, numbered from `first`."""
    rows = [
        {
            "person": f"b:{person}", "offering": offering, "level": level, "people": people, "region": region,
            "mode": mode, "language": "fi", "confirmed": confirmed, "example": False, "created_at": at,
            "updated_at": at,
        }
        for person in range(first, first + number)
    ]  # fmt: skip
    with services.database.write() as connection:
        connection.execute(sa.insert(interest), rows)


def add_searches(services: Services, words: str, searchers: int) -> None:
    """So many different people who searched for these words in vain on one day."""
    day = NOW.date()
    columns = vain_search.c.keys()
    row = {
        "month": f"{day:%Y-%m}", "words": words, "filters": "", "language": "fi", "verdict": "nothing_exists",
        "day": day, "example": False,
    }  # fmt: skip
    rows = [{k: v for k, v in row.items() if k in columns} | {"searcher": f"{words}-{n}"} for n in range(searchers)]
    with services.database.write() as connection:
        connection.execute(sa.insert(vain_search), rows)


def add_wish(
    services: Services, id: str, people: int, *, level: str = "would_take_part", state: str = "open", **parts: object
) -> None:
    """A visible wish in Finnish with so many people behind it, of a group of ten."""
    dates = {"created_at": NOW, "updated_at": NOW, "example": False}
    wish = {
        "id": id, "title": f"Toive {id}", "text": "", "text_language": "fi", "group_size": 10, "state": state,
        "moderation": "visible", **dates,
    }  # fmt: skip
    standing = {
        "proposal": id, "level": level, "people": 1, "name_public": False, "language": "fi", "confirmed": True, **dates
    }  # fmt: skip
    with services.database.write() as connection:
        connection.execute(sa.insert(proposal).values(wish | parts))
        connection.execute(sa.insert(joining), [standing | {"person": f"m:{id}-{n}"} for n in range(people)])
