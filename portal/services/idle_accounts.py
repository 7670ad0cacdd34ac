"""Warns users of the desk by mail before their account is removed because nobody has signed in to it."""

import datetime as dt

from portal.model.contact import Letter
from portal.services.account_letters import account_letter
from portal.services.clock import Clock
from portal.services.persons import Persons
from portal.services.retention import IDLE_ACCOUNT
from portal.services.writing import GroupCommit
from portal.store.letters import LetterStore
from portal.store.users import UserStore

BEFORE = dt.timedelta(days=30)
"""So long before the account goes."""


class IdleAccounts:
    """One letter an account and last sign-in."""

    def __init__(
        self, users: UserStore, letters: LetterStore, persons: Persons, writer: GroupCommit, clock: Clock
    ) -> None:
        self._users = users
        self._letters = letters
        self._persons = persons
        self._writer = writer
        self._clock = clock

    def warn(self) -> int:
        """Put the letters in the outbox that are not there yet; how many."""
        at = self._clock()
        idle = [self._letter(*user, at) for user in self._users.idle_since(at - IDLE_ACCOUNT + BEFORE)]
        return self._writer.do(lambda transaction: sum(self._letters.enqueue(transaction, one, at) for one in idle))

    def _letter(self, user_id: str, email: str, language: str, last: dt.datetime, at: dt.datetime) -> Letter:
        goes = max(last + IDLE_ACCOUNT, at + dt.timedelta(days=1))
        day = goes.date().isoformat()
        return account_letter(self._persons, user_id, email, language, "idle", last.date(), day=day)
