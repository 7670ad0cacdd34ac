"""Takes files of providers, and says how far each has come; the work on them is done by processes of their own."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from portal.ingest.columns import COLUMN_BY_NAME
from portal.model.admission import Admission
from portal.model.errors import NotFound, Refused
from portal.model.message import N_, Message
from portal.model.upload import Upload, UploadState
from portal.model.user import User
from portal.services.clock import Clock
from portal.services.files.folder import UploadFolder
from portal.services.files.headings import Heading, noted_headings
from portal.services.files.receiving import name_of, require_readable
from portal.services.files.reports import Report
from portal.services.writing import GroupCommit
from portal.store.database import Transaction
from portal.store.standing import StandingStore
from portal.store.uploads import UploadStore

MOST_KEPT = 30
"""Files of a provider; when one more comes, the oldest goes."""
_PATIENCE = 20.0
"""Seconds after which a file that still waits is started once more."""
_BUSY = Message(N_("Another file is being read now: {name}. Send this one when it is done."))
_SUSPENDED = Message(N_("The provider cannot publish now. Ask the operator of the portal."))
_FOUR_EYES = Message(N_("Somebody else must publish it: you sent the file, and your provider wants four eyes."))
_NOT_NOW = Message(N_("The file is not ready for this. Look at its page again."))


@dataclass(frozen=True)
class Shown:
    """An upload as its page shows it. was_interrupted: whoever worked on it is gone; remarks: the file to download."""

    upload: Upload
    was_interrupted: bool
    remarks: Path | None
    report: Report
    headings: tuple[Heading, ...]

    @property
    def unknown(self) -> list[Heading]:
        """Columns of which nobody has said what they mean."""
        return [heading for heading in self.headings if not heading.is_known]


class Uploads:
    """The files of providers. `start` begins the work on one in a process of its own. Raises Refused and NotFound."""

    def __init__(
        self, uploads: UploadStore, standing: StandingStore, folder: UploadFolder, writer: GroupCommit, clock: Clock,
        start: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._uploads = uploads
        self._standing = standing
        self._folder = folder
        self._writer = writer
        self._clock = clock
        self.start = start

    def receive(self, user: User, sent_name: str, stream: BinaryIO, *, complete: bool, language: str) -> Upload:
        """Keep a file and have it checked; raises Rejected for what is surely not readable."""
        name = name_of(sent_name)
        require_readable(name, stream)
        self._require_idle(user.provider)
        now = self._clock()
        item = Upload(
            secrets.token_hex(8), user.provider, name, now, now, user.id, complete=complete, language=language,
            mapping=self._uploads.mapping(user.provider),
        )  # fmt: skip
        self._writer.do(lambda transaction: self._uploads.add(transaction, item))
        self._folder.keep(item.id, item.suffix, stream)  # after its row, so that `sweep` never takes it
        self._remove_old(user.provider)
        self._start(item)
        return item

    def all(self, provider: str) -> list[Upload]:
        """The newest first."""
        return self._uploads.of_provider(provider, MOST_KEPT)

    def shown(self, provider: str, upload_id: str) -> Shown:
        item = self._find(provider, upload_id)
        if item.state in (UploadState.WAITING, UploadState.APPROVED):
            self._start_if_forgotten(item)
        remarks = self._folder.remarks(item.id, item.suffix)
        return Shown(
            item,
            self._is_abandoned(item),
            remarks if remarks.exists() else None,
            Report(self._folder.of(item.id)),
            tuple(noted_headings(self._folder.of(item.id))),
        )

    def approve(self, user: User, upload_id: str) -> None:
        """Have a checked file published."""
        item = self._find(user.provider, upload_id)
        if self._standing.admissions().get(item.provider, Admission.ADMITTED) is not Admission.ADMITTED:
            raise Refused(_SUSPENDED)
        if self._standing.wants_four_eyes(item.provider) and item.user == user.id:
            raise Refused(_FOUR_EYES)
        self._move(item, (UploadState.CHECKED,), UploadState.APPROVED, user=user.id)
        self._start(item)

    def again(self, provider: str, upload_id: str) -> None:
        """Go on with a file whose work broke off, or check one anew."""
        item = self._find(provider, upload_id)
        if not self._is_abandoned(item):
            self._move(item, (UploadState.FAILED, UploadState.CHECKED, UploadState.APPLIED), UploadState.WAITING)
        self._start(item)

    def explain_columns(self, provider: str, upload_id: str, meanings: Mapping[str, str]) -> None:
        """Remember what headers of this file mean (plain header → name of a column, "" for one to leave out), and
        check it anew. What does not stand in the file, or names no column, is not read."""
        item = self._find(provider, upload_id)
        known = {heading.plain for heading in noted_headings(self._folder.of(item.id))}
        told = {
            plain: name for plain, name in meanings.items() if plain in known and (name == "" or name in COLUMN_BY_NAME)
        }
        mapping = dict(item.mapping) | told
        self._writer.do(lambda transaction: self._uploads.remember(transaction, provider, told))
        states = (UploadState.CHECKED, UploadState.FAILED)
        self._move(item, states, UploadState.WAITING, mapping=mapping)
        self._start(item)

    def remove(self, provider: str, upload_id: str) -> None:
        """Forget a file that nobody works on."""
        item = self._find(provider, upload_id)
        if item.is_under_way and not self._is_abandoned(item):
            raise Refused(_NOT_NOW)
        self._forget(item)

    def sweep(self) -> None:
        """Remove the folders of files that are kept no longer."""
        there = self._folder.ids()
        for upload_id in set(there) - self._uploads.ids():
            self._folder.remove(upload_id)

    def _find(self, provider: str, upload_id: str) -> Upload:
        item = self._uploads.find(provider, upload_id)
        if item is None:
            raise NotFound(f"{provider} has no file {upload_id}.")
        return item

    def _require_idle(self, provider: str) -> None:
        for item in self._uploads.under_way(provider):
            if not self._is_abandoned(item):
                raise Refused(Message(_BUSY.text, {"name": item.name}))

    def _is_abandoned(self, item: Upload) -> bool:
        """Whether its work began and nobody is at it."""
        began = item.state in (UploadState.CHECKING, UploadState.APPLYING)
        if not began or self._folder.is_at_work(item.id):
            return False
        return self._find(item.provider, item.id).state is item.state  # else it was done just now

    def _start_if_forgotten(self, item: Upload) -> None:
        if self._folder.seconds_since_start(item.id) > _PATIENCE and self._folder.has_room(item.provider):
            self._start(item)

    def _start(self, item: Upload) -> None:
        self._folder.note_start(item.id)
        self.start(item.id)

    def _move(self, item: Upload, wanted: tuple[UploadState, ...], state: UploadState, **values: object) -> None:
        def write(transaction: Transaction) -> None:
            if not self._uploads.move(transaction, item.id, wanted, state, self._clock(), **values):
                raise Refused(_NOT_NOW)

        self._writer.do(write)

    def _remove_old(self, provider: str) -> None:
        for item in self._uploads.of_provider(provider, MOST_KEPT + 50)[MOST_KEPT:]:
            self._forget(item)

    def _forget(self, item: Upload) -> None:
        self._writer.do(lambda transaction: self._uploads.remove(transaction, item.id))
        self._folder.remove(item.id)
