"""Files at the desk: send one and see what it would change, publish it, and fetch templates and everything there is."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from wtforms import BooleanField, FileField

from portal.model.catalog import State
from portal.model.differences import name_of
from portal.model.errors import Refused
from portal.model.message import N_, Message
from portal.model.upload import UploadState
from portal.model.user import Permission
from portal.services.files.receiving import ENDINGS, MAX_BYTES, TOO_LARGE
from portal.services.files.uploads import Shown
from portal.services.files.wording import column_choices
from portal.web.current import language, services
from portal.web.desk.access import needs, provider, user
from portal.web.downloads import MEDIA, attached, template_file, workbook
from portal.web.forms import RefusableForm, comes_back, private
from portal.web.languages import LANG
from portal.web.same_site import takes_up_to

blueprint = Blueprint("desk_files", __name__)

KINDS = {
    "errors": Message(N_("To mend")),
    "warnings": Message(N_("To look at")),
    "changed": Message(N_("Changed")),
    "new": Message(N_("New")),
    "withdrawn": Message(N_("To be withdrawn")),
    "infos": Message(N_("Missing for the POK badge")),
}
STATES = {
    UploadState.WAITING: Message(N_("waits to be checked")),
    UploadState.CHECKING: Message(N_("is being checked")),
    UploadState.CHECKED: Message(N_("checked, not published")),
    UploadState.APPROVED: Message(N_("waits to be published")),
    UploadState.APPLYING: Message(N_("is being published")),
    UploadState.APPLIED: Message(N_("published")),
    UploadState.FAILED: Message(N_("could not be read")),
}
DONE = {
    "removed": Message(N_("The file was removed.")),
    "columns": Message(N_("We remember what the columns mean, and check the file again.")),
}
_ON_A_PAGE = 50
_OF_A_FORM = 64 * 1024
"""What stands around the file in a form."""


class FileForm(RefusableForm):
    file = FileField(N_("File"))
    complete = BooleanField(N_("The file is all that we have: withdraw what is not in it"))


@dataclass(frozen=True)
class Listed:
    """One page of one kind of finding."""

    kind: str
    number: int
    page: int
    items: list

    @property
    def pages(self) -> int:
        return 1 if self.kind == "infos" else max(1, -(-self.number // _ON_A_PAGE))


@blueprint.get(f"/{LANG}/desk/files")
@needs(Permission.EDIT)
def files() -> Response:
    return private(_files_page(FileForm()))


@blueprint.post(f"/{LANG}/desk/files")
@needs(Permission.EDIT)
@takes_up_to(MAX_BYTES + _OF_A_FORM, TOO_LARGE)
def send() -> Response:
    form = FileForm()
    sent = request.files.get("file")
    try:
        item = services().uploads.receive(
            user(),
            sent.filename or "" if sent else "",
            sent.stream if sent else io.BytesIO(),
            complete=form.complete.data,
            language=language(),
        )
    except Refused as refusal:
        form.refuse(refusal)
        return comes_back(_files_page(form))
    return redirect(url_for("desk_files.upload", upload_id=item.id))


@blueprint.get(f"/{LANG}/desk/files/<upload_id>")
@needs(Permission.EDIT)
def upload(upload_id: str) -> Response:
    return private(_upload_page(services().uploads.shown(provider(), upload_id)))


@blueprint.post(f"/{LANG}/desk/files/<upload_id>/publish")
@needs(Permission.PUBLISH)
def publish(upload_id: str) -> Response:
    return _after(upload_id, lambda: services().uploads.approve(user(), upload_id))


@blueprint.post(f"/{LANG}/desk/files/<upload_id>/again")
@needs(Permission.EDIT)
def again(upload_id: str) -> Response:
    return _after(upload_id, lambda: services().uploads.again(provider(), upload_id))


@blueprint.post(f"/{LANG}/desk/files/<upload_id>/remove")
@needs(Permission.EDIT)
def remove(upload_id: str) -> Response:
    response = _after(upload_id, lambda: services().uploads.remove(provider(), upload_id))
    return redirect(url_for("desk_files.files", done="removed")) if response.status_code == 302 else response


@blueprint.get(f"/{LANG}/desk/files/<upload_id>/remarks")
@needs(Permission.EDIT)
def remarks(upload_id: str) -> Response:
    """The file as it was sent, with a column of remarks; of JSON a report."""
    shown = services().uploads.shown(provider(), upload_id)
    if shown.remarks is None:
        abort(404)
    suffix = shown.remarks.suffix
    word = gettext("remarks")
    name = f"{Path(shown.upload.name).stem}-{word}{suffix}"
    return send_file(shown.remarks, mimetype=MEDIA[suffix], as_attachment=True, download_name=name)


@blueprint.get(f"/{LANG}/desk/files/<upload_id>/columns")
@needs(Permission.EDIT)
def columns(upload_id: str) -> Response:
    shown = services().uploads.shown(provider(), upload_id)
    if not shown.headings:
        abort(404)
    groups = zip((gettext("Of the offering"), gettext("Of a run")), column_choices(language()), strict=True)
    return private(render_template("desk/files/columns.html", shown=shown, upload=shown.upload, groups=list(groups)))


@blueprint.post(f"/{LANG}/desk/files/<upload_id>/columns")
@needs(Permission.EDIT)
def explain_columns(upload_id: str) -> Response:
    """Only what was chosen anew is remembered: what we take a header for by ourselves needs no memory."""
    shown = services().uploads.shown(provider(), upload_id)
    told = {
        heading.plain: request.form[f"column-{number}"]
        for number, heading in enumerate(shown.headings)
        if f"column-{number}" in request.form
        and (not heading.is_known or request.form[f"column-{number}"] != heading.column)
    }
    return _after(upload_id, lambda: services().uploads.explain_columns(provider(), upload_id, told), done="columns")


@blueprint.get(f"/{LANG}/desk/files/template.<any(xlsx,csv):ending>")
@needs(Permission.EDIT)
def template(ending: str) -> Response:
    return template_file(ending)


@blueprint.get(f"/{LANG}/desk/files/export.<any(xlsx,csv,jsonl):ending>")
@needs(Permission.EDIT)
def export(ending: str) -> Response:
    exporting, own, spoken = services().exporting, provider(), language()
    name = f"osaset-{own}-{services().clock().date().isoformat()}.{ending}"
    if ending == "xlsx":
        return workbook(lambda target: exporting.xlsx(own, spoken, target), name)
    lines = exporting.csv(own, spoken) if ending == "csv" else exporting.json_lines(own)
    return attached(lines, ending, name)


@blueprint.get(f"/{LANG}/desk/files/<any(drafts,withdrawn):part>.jsonl")
@needs(Permission.EDIT)
def export_unpublished(part: str) -> Response:
    exporting, own = services().exporting, provider()
    lines = exporting.drafts(own) if part == "drafts" else exporting.json_lines(own, State.WITHDRAWN)
    return attached(lines, "jsonl", f"osaset-{own}-{part}-{services().clock().date().isoformat()}.jsonl")


def _files_page(form: FileForm) -> str:
    done = DONE.get(request.args.get("done", ""))
    return render_template(
        "desk/files/files.html",
        form=form,
        uploads=services().uploads.all(provider()),
        states={state: message.render(gettext) for state, message in STATES.items()},
        formats=", ".join(ending.removeprefix(".").upper() for ending in ENDINGS),
        accepted=",".join(ENDINGS),
        megabytes=MAX_BYTES // 2**20,
        done=done.render(gettext) if done else "",
    )


def _upload_page(shown: Shown, refusal: Refused | None = None) -> str:
    done = DONE.get(request.args.get("done", ""))
    return render_template(
        "desk/files/upload.html",
        shown=shown,
        upload=shown.upload,
        states={state: message.render(gettext) for state, message in STATES.items()},
        listed=_listed(shown),
        kinds={kind: message.render(gettext) for kind, message in KINDS.items()},
        name_of=lambda path: name_of(path, gettext),
        said=lambda message: message.render(gettext),
        may_publish=user().may(Permission.PUBLISH),
        refusal=refusal.message.render(gettext) if refusal else "",
        done=done.render(gettext) if done else "",
    )


def _listed(shown: Shown) -> Listed | None:
    """What the address asks for, else the first kind of which there is something; None without a report."""
    counts = shown.upload.counts
    there = [kind for kind in KINDS if counts.get(kind)]
    if shown.upload.state is not UploadState.CHECKED or not there:
        return None
    kind = request.args.get("show", "")
    kind = kind if kind in there else there[0]
    number = counts[kind]
    page = request.args.get("page", "")
    page = min(int(page), -(-number // _ON_A_PAGE)) if page.isdecimal() and len(page) < 7 and int(page) else 1
    start, report = (page - 1) * _ON_A_PAGE, shown.report
    if kind == "infos":
        return Listed(kind, number, 1, report.unmet())
    if kind == "withdrawn":
        items = report.withdrawn(start, _ON_A_PAGE)
    else:
        items = list((report.items if kind in ("new", "changed") else report.problems)(kind, start, _ON_A_PAGE))
    return Listed(kind, number, page, items)


def _after(upload_id: str, act: Callable[[], object], done: str | None = None) -> Response:
    """The file's page once `act` is done, or with the reason why it was not."""
    try:
        act()
    except Refused as refusal:
        return comes_back(_upload_page(services().uploads.shown(provider(), upload_id), refusal))
    return redirect(url_for("desk_files.upload", upload_id=upload_id, done=done))
