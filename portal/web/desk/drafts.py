"""The editor: a draft's form, its runs, the check beside it, the preview, and the way to readers."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext

from portal.model.catalog import CatalogEntry, State
from portal.model.differences import differences
from portal.model.draft import Draft, DraftState
from portal.model.errors import Conflict, NotFound, Refused
from portal.model.message import N_, Message
from portal.model.offering_fields import ASSESSMENT, AUDIENCE, MAIN_TEXTS, OFFERING, OTHER_TEXTS, PLACES, SCOPE
from portal.model.text import LANGUAGES
from portal.model.user import Permission
from portal.services.catalog import Shown
from portal.services.editing import Change, with_run, with_run_copied, without_run
from portal.services.offering_form import from_form, in_form
from portal.services.publishing import Faulty
from portal.web.current import language, services
from portal.web.desk.access import by, needs, provider, user
from portal.web.desk.draft_panel import check_of, panel
from portal.web.desk.editor import inputs, rows, sent, written
from portal.web.desk.run_rows import RunRow, run_rows
from portal.web.forms import private
from portal.web.languages import LANG
from portal.web.offerings import offering_page
from portal.web.same_site import takes_up_to

blueprint = Blueprint("desk_drafts", __name__)

LARGEST = 2 * 1024 * 1024
"""Bytes of a form with the longest texts in three languages."""

_MANY_RUNS = 60

STATES = {DraftState.EDITING: Message(N_("draft")), DraftState.REVIEW: Message(N_("in review"))}
_DONE = {
    "begun": Message(N_("The draft is yours to write. Visitors do not see it yet.")),
    "saved": Message(N_("Saved.")),
    "review": Message(N_("Sent to review. Somebody who may publish reads it next.")),
    "back": Message(N_("Sent back to its writer.")),
    "based": Message(N_("Your version now stands on the newest one. Publish it when it is right.")),
    "removed": Message(N_("The run was removed.")),
}
_SECTIONS = (
    (N_("Scope and field"), SCOPE),
    (N_("Assessment and certificate"), ASSESSMENT),
    (N_("For whom, and the price"), AUDIENCE),
    (N_("Links and partners"), PLACES),
)


@blueprint.route(f"/{LANG}/desk/drafts/<draft_id>", methods=["GET", "POST"])
@needs(Permission.EDIT)
@takes_up_to(LARGEST)
def edit(draft_id: str) -> Response:
    if request.method == "GET":
        draft = services().editing.draft(provider(), draft_id)
        return private(_page(draft, draft.data, is_checked=request.args.get("done") == "saved"))
    try:
        draft = services().editing.draft(provider(), draft_id)
    except NotFound:
        return _both_versions(services().editing.begin_again(provider(), draft_id, request.form.get("of", ""), user()))
    pressed, _, place = request.form.get("do", "save").partition(":")
    typed = from_form(OFFERING, draft.data, sent(), language())
    change = _RUN_CHANGES.get(pressed, lambda data, number: Change(data))(typed, _number(place))
    try:
        draft = save(draft, change.data)
    except Conflict:
        return _both_versions(services().editing.draft(provider(), draft_id))
    if change.run is not None:
        return redirect(url_for("desk_runs.run", draft_id=draft.id, number=change.run + 1))
    return _ACTS.get(pressed, _stay)(draft)


def _both_versions(draft: Draft) -> Response:
    """What stands now beside what was typed, which is still in the form."""
    typed = from_form(OFFERING, draft.data, sent(), language())
    return private(_page(draft, typed, differs=rows(differences(draft.data, typed))), 409)


def save(draft: Draft, data: dict) -> Draft:
    """Keep what was typed, when it says something new; raises Conflict when the writer did not see the latest."""
    if data == draft.data and revision() == draft.revision:
        return draft
    return services().editing.save(draft, data, revision(), user())


def revision() -> int:
    """The revision that the writer saw."""
    return _number(request.form.get("revision", ""))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else -1


def _stay(draft: Draft) -> Response:
    return redirect(url_for("desk_drafts.edit", draft_id=draft.id, done="saved"))


def _preview(draft: Draft) -> Response:
    return redirect(url_for("desk_drafts.preview", draft_id=draft.id))


def _review(draft: Draft) -> Response:
    services().editing.send_to_review(draft, draft.revision)
    return redirect(url_for("desk_drafts.edit", draft_id=draft.id, done="review"))


def _publish(draft: Draft) -> Response:
    try:
        saved = services().editing.publish(draft, draft.revision, user(), by())
    except Faulty:
        return private(_page(draft, draft.data, is_checked=True), 422)
    except Refused as refusal:
        return private(_page(draft, draft.data, problem=written(refusal.message)), 409)
    except Conflict:
        return redirect(url_for("desk_drafts.meanwhile", draft_id=draft.id))
    return redirect(url_for("desk_offerings.offering", offering_id=saved.id, done="published"))


_ACTS = {"preview": _preview, "review": _review, "publish": _publish}
_RUN_CHANGES = {
    "add_run": lambda data, number: with_run(data),
    "copy_run": with_run_copied,
    "remove_run": without_run,
    "run": lambda data, number: Change(data, number),
}


def _page(draft: Draft, data: dict, *, is_checked: bool = False, problem: str = "", differs: list | None = None) -> str:
    """The form with `data`; `differs`: rows of what someone else wrote meanwhile, and what stands in the form."""
    check = check_of(data)
    editing = services().editing
    shown = inputs(OFFERING, in_form(OFFERING, data, language()), check.errors if is_checked else ())
    return render_template(
        "desk/drafts/edit.html",
        draft=draft,
        title=title_of(data),
        state=STATES[draft.state].render(gettext),
        writer=editing.name_of(draft.updated_by),
        done=_done(),
        problem=problem,
        differs=differs,
        is_checked=is_checked,
        inputs=shown,
        main_texts=MAIN_TEXTS,
        other_texts=OTHER_TEXTS,
        sections=_SECTIONS,
        has_other_texts=any(item.value or item.errors for field in OTHER_TEXTS for item in shown[field.path]),
        **_runs(run_rows(data, check.errors)),
        may_publish=editing.may_publish(draft, user()),
        is_publisher=user().may(Permission.PUBLISH),
        **panel(check, data),
    )


def _runs(found: list[RunRow]) -> dict[str, object]:
    """All of them where they are few or were asked for, else those that have not ended or have something to mend."""
    if len(found) <= _MANY_RUNS or request.args.get("runs") == "all":
        return {"runs": found, "hidden_runs": 0}
    current = [row for row in found if row.problems or not row.has_ended][-_MANY_RUNS:]
    return {"runs": current, "hidden_runs": len(found) - len(current)}


def title_of(data: dict) -> str:
    """What a draft is called while it may have no name."""
    texts = data.get("title")
    found = [texts.get(code) for code in (language(), *LANGUAGES)] if isinstance(texts, dict) else []
    return next(filter(None, map(str, filter(None, found))), gettext("Without a name"))


def _done() -> str:
    message = _DONE.get(request.args.get("done", ""))
    return message.render(gettext) if message else ""


@blueprint.post(f"/{LANG}/desk/drafts/<draft_id>/check")
@needs(Permission.EDIT)
@takes_up_to(LARGEST)
def check(draft_id: str) -> Response:
    """The panel beside the form, for the script that asks for it while someone writes; nothing is saved."""
    draft = services().editing.draft(provider(), draft_id)
    data = from_form(OFFERING, draft.data, sent(), language())
    return private(render_template("desk/drafts/_panel.html", **panel(check_of(data), data)))


@blueprint.get(f"/{LANG}/desk/drafts/<draft_id>/preview")
@needs(Permission.EDIT)
def preview(draft_id: str) -> Response:
    draft = services().editing.draft(provider(), draft_id)
    found = check_of(draft.data)
    entry = CatalogEntry(draft.offering or "preview", State.PUBLISHED, 1, found.offering, updated_at=draft.updated_at)
    shown = Shown(entry, found.offering, found.provider, found.pok)
    return private(offering_page(shown, preview=url_for("desk_drafts.edit", draft_id=draft.id)))


@blueprint.post(f"/{LANG}/desk/drafts/<draft_id>/send-back")
@needs(Permission.PUBLISH)
def send_back(draft_id: str) -> Response:
    draft = services().editing.draft(provider(), draft_id)
    try:
        services().editing.send_back(draft, revision(), request.form.get("note", ""))
    except Conflict:
        return redirect(url_for("desk_drafts.edit", draft_id=draft.id))
    return redirect(url_for("desk_drafts.edit", draft_id=draft.id, done="back"))


@blueprint.route(f"/{LANG}/desk/drafts/<draft_id>/discard", methods=["GET", "POST"])
@needs(Permission.EDIT)
def discard(draft_id: str) -> Response:
    draft = services().editing.draft(provider(), draft_id)
    if request.method == "POST":
        try:
            services().editing.discard(draft, revision())
            return redirect(url_for("desk_offerings.offerings", done="discarded"))
        except Conflict:
            return private(_discard_page(draft, is_changed=True), 409)
    return private(_discard_page(draft))


def _discard_page(draft: Draft, *, is_changed: bool = False) -> str:
    return render_template(
        "desk/drafts/discard.html", draft=draft, title=title_of(draft.data), is_changed=is_changed,
        writer=services().editing.name_of(draft.updated_by),
    )  # fmt: skip


@blueprint.route(f"/{LANG}/desk/drafts/<draft_id>/meanwhile", methods=["GET", "POST"])
@needs(Permission.EDIT)
def meanwhile(draft_id: str) -> Response:
    """What was published in another way while the draft was written; both versions, and the choice between them."""
    editing = services().editing
    draft = editing.draft(provider(), draft_id)
    entry = editing.in_its_way(draft)
    if entry is None:
        return redirect(url_for("desk_drafts.edit", draft_id=draft.id))
    if request.method == "POST" and draft.offering:
        try:
            editing.base_on(draft, revision(), _number(request.form.get("base", "")))
        except Conflict:
            return redirect(url_for("desk_drafts.meanwhile", draft_id=draft.id))
        return redirect(url_for("desk_drafts.edit", draft_id=draft.id, done="based"))
    steps = editing.history(provider(), entry.id)[:1]
    return private(
        render_template(
            "desk/drafts/meanwhile.html",
            draft=draft,
            entry=entry,
            title=title_of(draft.data),
            step=steps[0] if steps else None,
            differs=rows(differences(entry.offering.to_json(), draft.data)),
        )
    )
