"""Keeps providers and offerings, and tells what has changed since."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from portal.model.admission import Admission
from portal.model.catalog import CatalogEntry, State, content_hash
from portal.model.offering import Offering
from portal.model.provider import Provider
from portal.model.user import COMMAND, By
from portal.store.database import Database, Transaction
from portal.store.saving import Outcome, compare, find, note_change, now, save_one, withdraw_one
from portal.store.schema import fact, offering, outbox, provider, provider_standing

_HIDDEN = sa.select(provider_standing.c.provider).where(provider_standing.c.admission != Admission.ADMITTED)
_SHOWN_STATE = sa.case(
    (sa.and_(offering.c.state == State.PUBLISHED, offering.c.provider.in_(_HIDDEN)), str(State.SUSPENDED)),
    else_=offering.c.state,
)
_IS_SHOWN = sa.and_(offering.c.state == State.PUBLISHED, offering.c.provider.not_in(_HIDDEN))
_ENTRIES = sa.select(offering, _SHOWN_STATE.label("shown_state"))
_STATE = sa.select(_SHOWN_STATE).where(offering.c.id == sa.bindparam("wanted"))


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

    def save_provider(self, transaction: Transaction, item: Provider) -> Outcome:
        """Insert or update one provider as part of a write."""
        return _save_provider(transaction, item)

    def providers(self) -> dict[str, Provider]:
        """Every provider by id, suspended and closed ones too."""
        return self._providers(sa.true())

    def admitted_providers(self) -> dict[str, Provider]:
        """Those that visitors see, by id."""
        return self._providers(provider.c.id.not_in(_HIDDEN))

    def _providers(self, having: sa.ColumnElement) -> dict[str, Provider]:
        with self._database.read() as connection:
            rows = connection.execute(sa.select(provider.c.id, provider.c.data).where(having))
            return {row.id: Provider.model_validate(row.data) for row in rows}

    # Offerings: writing

    def save(
        self, items: Sequence[tuple[Offering, Mapping[str, str]]], *, dry_run: bool = False, by: By = COMMAND
    ) -> list[Outcome]:
        """Publish each offering with its detected languages, all in one transaction; what happened to each.

        The same content again changes nothing; a withdrawn offering is published again. With `dry_run` the same is
        found out and nothing is written.
        """
        if dry_run:
            with self._database.read() as connection:
                return [
                    compare(find(connection, item.provider, item.code), content_hash(item, detected))
                    for item, detected in items
                ]
        with self._database.write() as connection:
            return [save_one(connection, item, detected, by).outcome for item, detected in items]

    def withdraw(self, provider_id: str, codes: Iterable[str], by: By = COMMAND) -> list[str]:
        """Withdraw published or draft offerings; the ids of those that were not withdrawn before."""
        with self._database.write() as connection:
            done = (withdraw_one(connection, provider_id, code, by) for code in codes)
            return [saved.id for saved in done if saved and saved.outcome is Outcome.CHANGED]

    # Offerings: reading

    def find(self, offering_id: str) -> CatalogEntry | None:
        return self.find_many([offering_id]).get(offering_id)

    def find_by_code(self, provider_id: str, code: str) -> CatalogEntry | None:
        """The provider's offering with this code, in whatever state it is."""
        query = _ENTRIES.where(offering.c.provider == provider_id, offering.c.code == code)
        with self._database.read() as connection:
            row = connection.execute(query).first()
            return _entry(row) if row else None

    def find_many(self, ids: Sequence[str]) -> dict[str, CatalogEntry]:
        """Entries by id, in whatever state they are; unknown ids are left out."""
        with self._database.read() as connection:
            rows = connection.execute(_ENTRIES.where(offering.c.id.in_(ids)))
            return {row.id: _entry(row) for row in rows}

    def state_within(self, transaction: Transaction, offering_id: str) -> State | None:
        """The state of an offering, seen within a write; None when there is none."""
        state = transaction.scalar(_STATE, {"wanted": offering_id})
        return State(state) if state else None

    def codes(self, provider_id: str, state: State = State.PUBLISHED) -> dict[str, str]:
        """Code → id of the provider's offerings in `state`, hidden ones of a suspended provider too."""
        query = sa.select(offering.c.code, offering.c.id).where(
            offering.c.provider == provider_id, offering.c.state == state
        )
        with self._database.read() as connection:
            return {row.code: row.id for row in connection.execute(query)}

    def data_by_identity(self, items: Sequence[Offering]) -> dict[tuple[str, str], Mapping]:
        """The stored data of those of these offerings that are there, in any state, by provider and code."""
        identity = sa.tuple_(offering.c.provider, offering.c.code)
        query = sa.select(offering.c.provider, offering.c.code, offering.c.data).where(
            identity.in_([(item.provider, item.code) for item in items])
        )
        with self._database.read() as connection:
            return {(row.provider, row.code): row.data for row in connection.execute(query)}

    def of_provider(self, provider_id: str, state: State = State.PUBLISHED, batch: int = 200) -> Iterator[Offering]:
        """The provider's offerings in `state` by code, hidden ones of a suspended provider too; read in batches."""
        having = offering.c.provider == provider_id, offering.c.state == state
        last = ""
        while True:
            query = sa.select(offering.c.code, offering.c.data).where(*having, offering.c.code > last)
            with self._database.read() as connection:
                rows = connection.execute(query.order_by(offering.c.code).limit(batch)).all()
            if not rows:
                return
            yield from (Offering.model_validate(row.data) for row in rows)
            last = rows[-1].code

    def mark_of(self, provider_id: str) -> int:
        """A number that grows with every change of the provider's offerings."""
        query = sa.select(sa.func.coalesce(sa.func.sum(offering.c.revision), 0))
        with self._database.read() as connection:
            return int(connection.scalar(query.where(offering.c.provider == provider_id)))

    def revisions_of(self, provider_id: str) -> dict[str, int]:
        """Id → revision of what the provider has published, hidden ones of a suspended provider too; the last changed
        first."""
        query = sa.select(offering.c.id, offering.c.revision).where(
            offering.c.provider == provider_id, offering.c.state == State.PUBLISHED
        )
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(offering.c.updated_at.desc(), offering.c.id))
            return {row.id: row.revision for row in rows}

    def published(self, batch: int = 500) -> Iterator[CatalogEntry]:
        """Every published offering, by id; reads in batches, so that a large catalogue needs little memory."""
        last = ""
        while True:
            query = _ENTRIES.where(_IS_SHOWN, offering.c.id > last).order_by(offering.c.id).limit(batch)
            with self._database.read() as connection:
                rows = connection.execute(query).all()
            if not rows:
                return
            yield from map(_entry, rows)
            last = rows[-1].id

    def published_ids(self) -> list[tuple[str, dt.datetime, bool]]:
        """Id, time of last change and whether it is an example, of every published offering."""
        query = sa.select(offering.c.id, offering.c.updated_at, offering.c.example).where(_IS_SHOWN)
        with self._database.read() as connection:
            return [(row.id, row.updated_at, row.example) for row in connection.execute(query.order_by(offering.c.id))]

    def listed(self, words: Sequence[str], offset: int, limit: int) -> tuple[int, list[str]]:
        """Number of published offerings whose data has all the words, as they stand, and ids from `offset`, newest first."""
        data = sa.func.lower(sa.cast(offering.c.data, sa.Text))
        # The data is JSON, so a word stands there as JSON writes it: ä is \\u00e4.
        having = (data.contains(json.dumps(word)[1:-1], autoescape=True) for word in words)
        query = sa.select(offering.c.id).where(_IS_SHOWN, *having)
        with self._database.read() as connection:
            total = connection.scalar(sa.select(sa.func.count()).select_from(query.subquery()))
            page = query.order_by(offering.c.created_at.desc(), offering.c.id).offset(offset).limit(limit)
            return total, list(connection.scalars(page))

    def page_of_provider(
        self, provider_id: str, words: Sequence[str], state: State | None, offset: int, limit: int
    ) -> tuple[int, list[CatalogEntry]]:
        """How many of a provider's offerings are in `state` (any, when None) and have all the words, and those from
        `offset`, the latest changed first."""
        having = [offering.c.provider == provider_id, *map(_has_word, words)]
        if state is not None:
            having.append(state == _SHOWN_STATE)
        with self._database.read() as connection:
            total = connection.scalar(sa.select(sa.func.count()).select_from(offering).where(*having))
            page = _ENTRIES.where(*having).order_by(offering.c.updated_at.desc(), offering.c.id)
            return total, [_entry(row) for row in connection.execute(page.offset(offset).limit(limit))]

    def counts(self) -> dict[str, int]:
        """Number of offerings by state; of examples among the published (`example`) and of all others (`real`)."""
        query = sa.select(_SHOWN_STATE, offering.c.example, sa.func.count()).group_by(_SHOWN_STATE, offering.c.example)
        counts = dict.fromkeys((*map(str, State), "example", "real"), 0)
        with self._database.read() as connection:
            for state, example, number in connection.execute(query):
                counts[state] += number
                counts["real"] += 0 if example else number
                counts["example"] += number if example and state == State.PUBLISHED else 0
        return counts

    def published_numbers(self) -> dict[str, int]:
        """How many published offerings each provider has, hidden ones of suspended providers too."""
        query = sa.select(offering.c.provider, sa.func.count()).where(offering.c.state == State.PUBLISHED)
        with self._database.read() as connection:
            return dict(connection.execute(query.group_by(offering.c.provider)).all())

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


def _has_word(word: str) -> sa.ColumnElement:
    """The data is JSON, where ä is \\u00e4 and Ä another sign, which the database cannot tell to be the same letter."""
    data = sa.func.lower(sa.cast(offering.c.data, sa.Text))
    forms = {json.dumps(form)[1:-1].lower() for form in (word.lower(), word.capitalize(), word.upper())}
    return sa.or_(*(data.contains(form, autoescape=True) for form in sorted(forms)))


def _save_provider(connection: Connection, item: Provider) -> Outcome:
    data = item.model_dump(mode="json", exclude_none=True)
    stored = connection.scalar(sa.select(provider.c.data).where(provider.c.id == item.id))
    if stored == data:
        return Outcome.UNCHANGED
    at = now()
    if stored is None:
        connection.execute(sa.insert(provider).values(id=item.id, data=data, updated_at=at))
    else:
        connection.execute(sa.update(provider).where(provider.c.id == item.id).values(data=data, updated_at=at))
    note_change(connection, "provider", item.id, at)
    return Outcome.NEW if stored is None else Outcome.CHANGED


def _entry(row: Row) -> CatalogEntry:
    return CatalogEntry(
        id=row.id,
        state=State(row.shown_state),
        revision=row.revision,
        offering=Offering.model_validate(row.data),
        detected=row.detected,
        created_at=row.created_at,
        updated_at=row.updated_at,
        withdrawn_at=row.withdrawn_at,
    )
