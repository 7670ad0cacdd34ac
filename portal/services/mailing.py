"""Empties the outbox of mail: one letter after another, none of them in the way of the others."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from portal.services.clock import Clock
from portal.services.posting import NoServer, Post, Refusal
from portal.services.rendering import Rendering
from portal.store.letters import MAX_TRIES, LetterStore

_PAUSES = (dt.timedelta(minutes=10), dt.timedelta(hours=1), dt.timedelta(hours=6), dt.timedelta(days=1))


@dataclass(frozen=True)
class Sent:
    """What one round did. `waiting`: letters that are still to be sent, now or later."""

    sent: int = 0
    failed: int = 0
    given_up: int = 0
    waiting: int = 0


class Mailing:
    """Sends what is due.

    A letter is claimed before it is handed over and noted after: two rounds at once never send the same, and a crash
    between handing over and noting sends that one letter once more, ten minutes later, under the same Message-ID.
    """

    def __init__(self, letters: LetterStore, rendering: Rendering, post: Post, clock: Clock) -> None:
        self._letters = letters
        self._rendering = rendering
        self._post = post
        self._clock = clock

    def send(self, progress: Callable[[int], None] = lambda done: None) -> Sent:
        """One round over all that is due; raises NoServer when nothing can be sent, with the rest left waiting."""
        sent = failed = given_up = last = 0
        if not self._letters.waiting():
            return Sent()
        self._post.open()
        try:
            while letter := self._letters.claim(self._clock(), self._clock() + _PAUSES[0], last):
                last = letter.id
                try:
                    self._post.hand_over(self._rendering.message(letter))
                    self._letters.note_sent(letter.id, self._clock())
                    sent += 1
                except NoServer:
                    self._letters.note_failed(letter.id, "NoServer", self._again(letter.tries))
                    raise
                except Exception as error:  # one letter that cannot be made or taken must not keep the others waiting
                    again = self._again(letter.tries)
                    why = str(error) if isinstance(error, Refusal) else type(error).__name__
                    self._letters.note_failed(letter.id, why, again)
                    failed, given_up = failed + 1, given_up + (again is None)
                progress(sent + failed)
        finally:
            self._post.close()
        return Sent(sent, failed, given_up, self._letters.waiting())

    def _again(self, tries: int) -> dt.datetime | None:
        return self._clock() + _PAUSES[tries - 1] if tries < MAX_TRIES else None
