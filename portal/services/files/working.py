"""Checks and takes in sent files, in a process of its own that may be killed at any moment."""

import time
from collections.abc import Callable
from dataclasses import replace

from portal.model.admission import Admission
from portal.model.errors import UnreadableFile
from portal.model.message import N_, Message
from portal.model.upload import UNDER_WAY, Upload, UploadState
from portal.model.user import By, Origin
from portal.services.clock import Clock
from portal.services.files.folder import UploadFolder
from portal.services.files.headings import note_headings
from portal.services.files.remarks import write_remarks
from portal.services.files.reports import Report, ReportWriter
from portal.services.importing import Importing, ImportReport
from portal.store.catalog import CatalogStore
from portal.store.database import Database
from portal.store.standing import StandingStore
from portal.store.uploads import UploadStore

_BETWEEN_NOTES = 1.0
_OUTCOMES = ("new", "changed", "unchanged", "left_out", "withdrawn")

BROKEN = Message(N_("Something broke on our side while the file was read. Nothing was published. Try again."))
HALF_DONE = Message(N_("Something broke on our side. Some offerings were published; try again to publish the rest."))
_NOT_NOW = Message(N_("The provider cannot publish now. Ask the operator of the portal."))


class UploadWork:
    """What becomes of one upload: a check and its report, or the offerings in the catalogue."""

    def __init__(
        self, database: Database, uploads: UploadStore, catalog: CatalogStore, standing: StandingStore,
        importing: Importing, folder: UploadFolder, clock: Clock,
    ) -> None:  # fmt: skip
        self._database = database
        self._uploads = uploads
        self._catalog = catalog
        self._standing = standing
        self._importing = importing
        self._folder = folder
        self._clock = clock

    def work(self, upload_id: str, start_next: Callable[[str], None] = lambda upload_id: None) -> bool:
        """Do what the upload waits for; False when it is not its turn. Then `start_next` gets one that waits."""
        item = self._uploads.find_any(upload_id)
        if item is None or not item.is_under_way:
            return False
        with self._folder.at_work(item.id, item.provider) as may:
            if may:
                self._do(self._uploads.find_any(upload_id) or item)
        for waiting in self._uploads.under_way() if may else ():
            if waiting.state in (UploadState.WAITING, UploadState.APPROVED) and self._folder.has_room(waiting.provider):
                start_next(waiting.id)
                break
        return may

    def _do(self, item: Upload) -> None:
        is_check = item.state in (UploadState.WAITING, UploadState.CHECKING)
        try:
            if is_check or self._has_changed(item):
                self._check(item)
            else:
                self._apply(item)
        except UnreadableFile as error:
            self._fail(item, error.message)
        except BaseException:
            self._fail(item, BROKEN if is_check else HALF_DONE)
            raise

    def _has_changed(self, item: Upload) -> bool:
        """Whether somebody changed the provider's offerings since the report that was looked at. An import that
        was interrupted did so itself, and goes on."""
        return item.state is UploadState.APPROVED and self._catalog.mark_of(item.provider) != item.counts.get("mark")

    def _check(self, item: Upload) -> None:
        was_approved = item.state is UploadState.APPROVED
        self._move(item, UploadState.CHECKING, done=0, total=None, error=None)
        path, folder = self._folder.sent(item.id, item.suffix), self._folder.of(item.id)
        note_headings(path, folder, item.mapping)
        mark = self._catalog.mark_of(item.provider)
        with ReportWriter(folder) as writer:
            report = self._import(item, writer, dry_run=True)
        counts = dict(writer.counts) | _outcomes(report) | {"mark": mark, "changed_meanwhile": int(was_approved)}
        remarks = self._folder.remarks(item.id, item.suffix)
        remarks.unlink(missing_ok=True)
        self._move(item, UploadState.CHECKED, counts=counts)
        write_remarks(replace(item, counts=counts), path, remarks, Report(folder))

    def _apply(self, item: Upload) -> None:
        with self._database.read() as connection:
            admission = self._standing.admission(connection, item.provider)
        if admission is not Admission.ADMITTED:
            self._fail(item, _NOT_NOW)
            return
        self._move(item, UploadState.APPLYING, done=0, total=None, error=None)
        report = self._import(item, None, dry_run=False)
        self._move(item, UploadState.APPLIED, counts=dict(item.counts) | _outcomes(report))

    def _import(self, item: Upload, writer: ReportWriter | None, *, dry_run: bool) -> ImportReport:
        last = time.monotonic()

        def progress(done: int, total: int | None) -> None:
            nonlocal last
            if time.monotonic() - last >= _BETWEEN_NOTES:
                last = time.monotonic()
                self._uploads.note_progress(item.id, done, total)

        report = self._importing.offerings(
            self._folder.sent(item.id, item.suffix),
            provider=item.provider,
            dry_run=dry_run,
            complete=item.complete,
            progress=progress,
            by=By(Origin.FILE, item.user),
            own_headers=item.mapping,
            observer=writer.observe if writer else lambda checked, outcome, stored: None,
        )
        if writer:
            for problem in report.problems:
                writer.add_problem(problem)
            for code in report.withdrawn:
                writer.add_withdrawn(code)
        return report

    def _fail(self, item: Upload, why: Message) -> None:
        """What was done stays done: a report that is there is not lost because its remarks could not be written."""
        with self._database.write() as transaction:
            self._uploads.move(transaction, item.id, UNDER_WAY, UploadState.FAILED, self._clock(), error=why)

    def _move(self, item: Upload, state: UploadState, **values: object) -> None:
        with self._database.write() as transaction:
            self._uploads.move(transaction, item.id, tuple(UploadState), state, self._clock(), **values)


def _outcomes(report: ImportReport) -> dict[str, int]:
    return {name: report.offerings[name] for name in _OUTCOMES}
