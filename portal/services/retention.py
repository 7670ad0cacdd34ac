"""How long each kind of data is kept, in one table, and the command that removes what is older."""

import datetime as dt
from dataclasses import dataclass

from portal.model.message import N_, Message
from portal.services.clock import Clock
from portal.services.files.uploads import Uploads
from portal.services.keys import Keys
from portal.services.loop import Loop
from portal.store.retention import RetentionStore

BACKUP_DAYS = 30
"""How old a backup may become; the operator's duty, stated in docs/privacy.md and on the privacy page."""

IDLE_ACCOUNT = dt.timedelta(days=730)
"""After so long without anybody signing in, an account of the desk goes; its user is warned before."""


@dataclass(frozen=True)
class Rule:
    """One line of the table. `name` is that of the store's rule; `days` after what `since` says."""

    name: str
    what: Message
    since: Message
    days: int


_ASKED = Message(N_("after it was asked for"))
_CHANGED = Message(N_("after its last change"))
_GIVEN = Message(N_("after it was given"))
_ENDED = Message(N_("after the wish came to its end"))
_SIGNED_OUT = Message(N_("after the session has ended"))
_SIGNED_IN = Message(N_("after they last signed in"))

RULES = (
    Rule("unconfirmed_contacts", Message(N_("E-mail address that was not confirmed")), _ASKED, 7),
    Rule("unconfirmed_proposals", Message(N_("Wish whose e-mail address was not confirmed")), _ASKED, 7),
    Rule("hidden_proposals", Message(N_("Wish that a moderator has hidden")), _CHANGED, 90),
    Rule("interests", Message(N_("Interest in an offering")), _CHANGED, 730),
    Rule("joinings", Message(N_("Joining a wish, with the employer's name")), _CHANGED, 730),
    Rule("ended_joinings", Message(N_("Joining a wish that has come to its end")), _ENDED, 365),
    Rule("subscriptions", Message(N_("Confirmed e-mail address and what it gets mail about")), _ASKED, 730),
    Rule("ended_subscriptions", Message(N_("Mail about a wish that has come to its end")), _ENDED, 120),
    Rule("known_browsers", Message(N_("That a browser belongs to a confirmed address")), _ASKED, 730),
    Rule("unsent_letters", Message(N_("Mail that could not be sent")), _ASKED, 30),
    Rule("sent_letters", Message(N_("Which mail was sent, without its text")), _ASKED, 400),
    Rule("form_answers", Message(N_("That a form was answered")), _GIVEN, 7),
    Rule("rare_searches", Message(N_("Search in vain made by fewer than five people")), _GIVEN, 30),
    Rule("searches", Message(N_("Search in vain")), _GIVEN, 400),
    Rule("unsuitable", Message(N_("Why nothing found was suitable")), _GIVEN, 400),
    Rule("feedback", Message(N_("Feedback after a run")), _GIVEN, 730),
    Rule("reports", Message(N_("Report of something wrong")), _GIVEN, 400),
    Rule("ended_sessions", Message(N_("That someone was signed in at the desk")), _SIGNED_OUT, 1),
    Rule("idle_users", Message(N_("Account of someone who works at the desk")), _SIGNED_IN, IDLE_ACCOUNT.days),
    Rule("uploads", Message(N_("File that a provider sent, with its report")), _CHANGED, 30),
    Rule("changes", Message(N_("List of changes for the count of demand")), _GIVEN, 90),
)


@dataclass(frozen=True)
class Applied:
    """How many rows a rule removed, or would remove."""

    rule: Rule
    rows: int


class Retention:
    """Applies the table; also lets late commitments lapse and destroys the salts of earlier months."""

    def __init__(self, store: RetentionStore, loop: Loop, keys: Keys, uploads: Uploads, clock: Clock) -> None:
        self._store = store
        self._uploads = uploads
        self._loop = loop
        self._keys = keys
        self._clock = clock

    def apply(self, *, dry_run: bool = False) -> list[Applied]:
        """What each rule removed, in the order of the table; with `dry_run` what it would remove by itself."""
        now = self._clock()
        if not dry_run:
            self._loop.open_again_what_is_late()
            self._keys.destroy_salts_before(f"{now:%Y-%m}")
        applied = []
        for rule in RULES:
            before = now - dt.timedelta(days=rule.days)
            rows = self._store.count(rule.name, before) if dry_run else self._store.remove(rule.name, before)
            applied.append(Applied(rule, rows))
        if not dry_run:
            self._uploads.sweep()
        return applied
