"""Writes single offerings as part of a transaction: what was there before, who did it, and the row of the outbox."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.engine import Row

from portal.model.catalog import State, collision_suffix, content_hash, slug
from portal.model.errors import Conflict
from portal.model.offering import Offering
from portal.model.user import By
from portal.store.database import Transaction
from portal.store.history import note_revision
from portal.store.schema import offering, outbox


class Outcome(StrEnum):
    """What saving an offering did."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Saved:
    """What one write did to one offering, and at which revision it now is."""

    outcome: Outcome
    id: str
    revision: int


def save_one(
    transaction: Transaction, item: Offering, detected: Mapping[str, str], by: By,
    expected: int | None = None,
) -> Saved:  # fmt: skip
    """Publish one offering as part of a write. `expected`: the revision it replaces, 0 for one that is not to be
    there yet, None for any; raises Conflict when it is another."""
    stored = find(transaction, item.provider, item.code)
    _check_expected(stored, expected)
    return _save(transaction, stored, item, detected, by)


def withdraw_one(
    transaction: Transaction, provider_id: str, code: str, by: By, expected: int | None = None
) -> Saved | None:
    """Withdraw one offering as part of a write, None when there is none; raises Conflict as `save_one` does."""
    stored = find(transaction, provider_id, code)
    _check_expected(stored, expected)
    if stored is None:
        return None
    if stored.state == State.WITHDRAWN:
        return Saved(Outcome.UNCHANGED, stored.id, stored.revision)
    at, number = now(), stored.revision + 1
    note_revision(transaction, stored.id, number, State.WITHDRAWN, stored.data, by, at)
    transaction.execute(
        sa.update(offering)
        .where(offering.c.id == stored.id)
        .values(state=State.WITHDRAWN, revision=number, updated_at=at, withdrawn_at=at)
    )
    note_change(transaction, "offering", stored.id, at)
    return Saved(Outcome.CHANGED, stored.id, number)


def find(transaction: Transaction, provider_id: str, code: str) -> Row | None:
    columns = offering.c.id, offering.c.state, offering.c.revision, offering.c.content_hash, offering.c.data
    query = sa.select(*columns).where(offering.c.provider == provider_id, offering.c.code == code)
    return transaction.execute(query).first()


def _check_expected(stored: Row | None, expected: int | None) -> None:
    if expected is not None and (stored.revision if stored else 0) != expected:
        raise Conflict


def compare(stored: Row | None, hashed: str) -> Outcome:
    if stored is None:
        return Outcome.NEW
    same = stored.content_hash == hashed and stored.state == State.PUBLISHED
    return Outcome.UNCHANGED if same else Outcome.CHANGED


def _save(transaction: Transaction, stored: Row | None, item: Offering, detected: Mapping[str, str], by: By) -> Saved:
    hashed = content_hash(item, detected)
    outcome = compare(stored, hashed)
    if outcome is Outcome.UNCHANGED:
        return Saved(outcome, stored.id, stored.revision)
    at = now()
    number = stored.revision + 1 if stored else 1
    values = {
        "state": State.PUBLISHED,
        "revision": number,
        "content_hash": hashed,
        "example": item.example,
        "data": item.to_json(),
        "detected": dict(detected),
        "updated_at": at,
        "withdrawn_at": None,
    }
    if stored is None:
        offering_id = _free_id(transaction, item)
        identity = {"id": offering_id, "provider": item.provider, "code": item.code}
        transaction.execute(sa.insert(offering).values(**identity, **values, created_at=at))
    else:
        offering_id = stored.id
        transaction.execute(sa.update(offering).where(offering.c.id == offering_id).values(**values))
    note_revision(transaction, offering_id, number, State.PUBLISHED, stored.data if stored else None, by, at)
    note_change(transaction, "offering", offering_id, at)
    return Saved(outcome, offering_id, number)


def _free_id(transaction: Transaction, item: Offering) -> str:
    """The plain slug; when that is another's, with as much of the identity's hash as it takes."""
    plain = slug(item.provider, item.code)
    longer = (f"{plain}-{collision_suffix(item.provider, item.code, length)}" for length in range(8, 65, 8))
    for candidate in (plain, *longer):
        if not transaction.scalar(sa.select(sa.func.count()).where(offering.c.id == candidate)):
            return candidate
    raise AssertionError("a SHA-256 sum has collided")


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def note_change(transaction: Transaction, entity: str, entity_id: str, at: dt.datetime) -> None:
    """Write the outbox row of a change of the catalogue, as part of that change."""
    transaction.execute(sa.insert(outbox).values(entity=entity, entity_id=entity_id, at=at))
