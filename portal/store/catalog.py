"""Keeps providers and offerings, and tells what has changed since."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from portal.model.catalog import CatalogEntry, State, collision_suffix, content_hash, slug
from portal.model.offering import Offering
from portal.model.provider import Provider
from portal.store.database import Database, Transaction
from portal.store.schema import fact, offering, outbox, provider

_STATE = sa.select(offering.c.state).where(offering.c.id == sa.bindparam("wanted"))


class Outcome(StrEnum):
    """What saving an offering did."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Change:
    """One row of the outbox: an offering or a provider that changed."""

    seq: int
    entity: str
    entity_id: str


class CatalogStore:
    """Providers and offerings in the database. Every change and its outbox row are one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._revision: tuple[tuple[int, int] | None, int] = (None, 0)

    # Providers

    def save_providers(self, providers: Iterable[Provider]) -> dict[Outcome, int]:
        """Insert or update by id; how many were new, changed and unchanged."""
        counts = dict.fromkeys(Outcome, 0)
        with self._database.write() as connection:
            for item in providers:
                counts[_save_provider(connection, item)] += 1
        return counts

    def providers(self) -> dict[str, Provider]:
        with self._database.read() as connection:
            rows = connection.execute(sa.select(provider.c.id, provider.c.data))
            return {row.id: Provider.model_validate(row.data) for row in rows}

    # Offerings: writing

    def save(self, items: Sequence[tuple[Offering, Mapping[str, str]]], *, dry_run: bool = False) -> list[Outcome]:
        """Publish each offering with its detected languages, all in one transaction; what happened to each.

        The same content again changes nothing; a withdrawn offering is published again. With `dry_run` the same is
        found out and nothing is written.
        """
        if dry_run:
            with self._database.read() as connection:
                return [_compare(_find(connection, item), content_hash(item, detected)) for item, detected in items]
        with self._database.write() as connection:
            return [_save_offering(connection, item, detected) for item, detected in items]

    def withdraw(self, provider_id: str, codes: Iterable[str]) -> list[str]:
        """Withdraw published or draft offerings; the ids of those that were not withdrawn before."""
        withdrawn = []
        with self._database.write() as connection:
            for code in codes:
                row = connection.execute(
                    sa.select(offering.c.id, offering.c.state, offering.c.revision).where(
                        offering.c.provider == provider_id, offering.c.code == code
                    )
                ).first()
                if row is None or row.state == State.WITHDRAWN:
                    continue
                now = _now()
                connection.execute(
                    sa.update(offering)
                    .where(offering.c.id == row.id)
                    .values(state=State.WITHDRAWN, revision=row.revision + 1, updated_at=now, withdrawn_at=now)
                )
                _note_change(connection, "offering", row.id, now)
                withdrawn.append(row.id)
        return withdrawn

    # Offerings: reading

    def find(self, offering_id: str) -> CatalogEntry | None:
        return self.find_many([offering_id]).get(offering_id)

    def find_many(self, ids: Sequence[str]) -> dict[str, CatalogEntry]:
        """Entries by id, in whatever state they are; unknown ids are left out."""
        with self._database.read() as connection:
            rows = connection.execute(sa.select(offering).where(offering.c.id.in_(ids)))
            return {row.id: _entry(row) for row in rows}

    def state_within(self, transaction: Transaction, offering_id: str) -> State | None:
        """The state of an offering, seen within a write; None when there is none."""
        state = transaction.scalar(_STATE, {"wanted": offering_id})
        return State(state) if state else None

    def codes(self, provider_id: str, state: State = State.PUBLISHED) -> dict[str, str]:
        """Code → id of the provider's offerings in `state`."""
        query = sa.select(offering.c.code, offering.c.id).where(
            offering.c.provider == provider_id, offering.c.state == state
        )
        with self._database.read() as connection:
            return {row.code: row.id for row in connection.execute(query)}

    def published(self, batch: int = 500) -> Iterator[CatalogEntry]:
        """Every published offering, by id; reads in batches, so that a large catalogue needs little memory."""
        last = ""
        while True:
            query = (
                sa.select(offering)
                .where(offering.c.state == State.PUBLISHED, offering.c.id > last)
                .order_by(offering.c.id)
                .limit(batch)
            )
            with self._database.read() as connection:
                rows = connection.execute(query).all()
            if not rows:
                return
            yield from map(_entry, rows)
            last = rows[-1].id

    def published_ids(self) -> list[tuple[str, dt.datetime, bool]]:
        """Id, time of last change and whether it is an example, of every published offering."""
        query = sa.select(offering.c.id, offering.c.updated_at, offering.c.example).where(
            offering.c.state == State.PUBLISHED
        )
        with self._database.read() as connection:
            return [(row.id, row.updated_at, row.example) for row in connection.execute(query.order_by(offering.c.id))]

    def listed(self, words: Sequence[str], offset: int, limit: int) -> tuple[int, list[str]]:
        """Number of published offerings whose data has all the words, as they stand, and ids from `offset`, newest first."""
        data = sa.func.lower(sa.cast(offering.c.data, sa.Text))
        # The data is JSON, so a word stands there as JSON writes it: ä is \\u00e4.
        having = (data.contains(json.dumps(word)[1:-1], autoescape=True) for word in words)
        query = sa.select(offering.c.id).where(offering.c.state == State.PUBLISHED, *having)
        with self._database.read() as connection:
            total = connection.scalar(sa.select(sa.func.count()).select_from(query.subquery()))
            page = query.order_by(offering.c.created_at.desc(), offering.c.id).offset(offset).limit(limit)
            return total, list(connection.scalars(page))

    def counts(self) -> dict[str, int]:
        """Number of offerings by state; of examples among the published (`example`) and of all others (`real`)."""
        query = sa.select(offering.c.state, offering.c.example, sa.func.count()).group_by(
            offering.c.state, offering.c.example
        )
        counts = dict.fromkeys((*map(str, State), "example", "real"), 0)
        with self._database.read() as connection:
            for state, example, number in connection.execute(query):
                counts[state] += number
                counts["real"] += 0 if example else number
                counts["example"] += number if example and state == State.PUBLISHED else 0
        return counts

    def has_published(self, *, example: bool) -> bool:
        """Whether any published offering is an example, or else is real; without counting them all."""
        query = sa.select(offering.c.id).where(offering.c.state == State.PUBLISHED, offering.c.example.is_(example))
        with self._database.read() as connection:
            return connection.scalar(query.limit(1)) is not None

    # Changes

    def revision(self) -> int:
        """A number that grows with every change of the catalogue."""
        mark = self._database.change_mark()
        if mark is None or mark != self._revision[0]:
            with self._database.read() as connection:
                self._revision = mark, connection.scalar(sa.select(sa.func.coalesce(sa.func.max(outbox.c.seq), 0)))
        return self._revision[1]

    def epoch(self) -> str:
        """Names this store's history; positions in the outbox of another epoch mean nothing here."""
        with self._database.read() as connection:
            return connection.scalar(sa.select(fact.c.value).where(fact.c.name == "epoch"))

    def changes_since(self, seq: int, limit: int = 100_000) -> list[Change]:
        query = sa.select(outbox).where(outbox.c.seq > seq).order_by(outbox.c.seq).limit(limit)
        with self._database.read() as connection:
            return [Change(row.seq, row.entity, row.entity_id) for row in connection.execute(query)]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _note_change(connection: Connection, entity: str, entity_id: str, at: dt.datetime) -> None:
    connection.execute(sa.insert(outbox).values(entity=entity, entity_id=entity_id, at=at))


def _save_provider(connection: Connection, item: Provider) -> Outcome:
    data = item.model_dump(mode="json", exclude_none=True)
    stored = connection.scalar(sa.select(provider.c.data).where(provider.c.id == item.id))
    if stored == data:
        return Outcome.UNCHANGED
    now = _now()
    if stored is None:
        connection.execute(sa.insert(provider).values(id=item.id, data=data, updated_at=now))
    else:
        connection.execute(sa.update(provider).where(provider.c.id == item.id).values(data=data, updated_at=now))
    _note_change(connection, "provider", item.id, now)
    return Outcome.NEW if stored is None else Outcome.CHANGED


def _find(connection: Connection, item: Offering) -> Row | None:
    return connection.execute(
        sa.select(offering.c.id, offering.c.state, offering.c.revision, offering.c.content_hash).where(
            offering.c.provider == item.provider, offering.c.code == item.code
        )
    ).first()


def _compare(stored: Row | None, hashed: str) -> Outcome:
    if stored is None:
        return Outcome.NEW
    same = stored.content_hash == hashed and stored.state == State.PUBLISHED
    return Outcome.UNCHANGED if same else Outcome.CHANGED


def _save_offering(connection: Connection, item: Offering, detected: Mapping[str, str]) -> Outcome:
    hashed = content_hash(item, detected)
    stored = _find(connection, item)
    outcome = _compare(stored, hashed)
    if outcome is Outcome.UNCHANGED:
        return outcome
    now = _now()
    values = {
        "state": State.PUBLISHED,
        "content_hash": hashed,
        "example": item.example,
        "data": item.to_json(),
        "detected": dict(detected),
        "updated_at": now,
        "withdrawn_at": None,
    }
    if stored is None:
        offering_id = _free_id(connection, item)
        identity = {"id": offering_id, "provider": item.provider, "code": item.code}
        connection.execute(sa.insert(offering).values(**identity, **values, revision=1, created_at=now))
    else:
        offering_id = stored.id
        changed = sa.update(offering).where(offering.c.id == offering_id)
        connection.execute(changed.values(**values, revision=stored.revision + 1))
    _note_change(connection, "offering", offering_id, now)
    return outcome


def _free_id(connection: Connection, item: Offering) -> str:
    """The plain slug; when that is another's, with as much of the identity's hash as it takes."""
    plain = slug(item.provider, item.code)
    longer = (f"{plain}-{collision_suffix(item.provider, item.code, length)}" for length in range(8, 65, 8))
    for candidate in (plain, *longer):
        if not connection.scalar(sa.select(sa.func.count()).where(offering.c.id == candidate)):
            return candidate
    raise AssertionError("a SHA-256 sum has collided")


def _entry(row: Row) -> CatalogEntry:
    return CatalogEntry(
        id=row.id,
        state=State(row.state),
        revision=row.revision,
        offering=Offering.model_validate(row.data),
        detected=row.detected,
        created_at=row.created_at,
        updated_at=row.updated_at,
        withdrawn_at=row.withdrawn_at,
    )
