"""A provider's own offerings: the list, the page of one with its history, and the ways to a draft."""

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext

from portal.model.catalog import CatalogEntry, State
from portal.model.criteria import PokResult, evaluate
from portal.model.draft import Draft
from portal.model.errors import Conflict, Refused
from portal.model.message import N_, Message
from portal.model.offering import Offering
from portal.model.offering_fields import MAIN_TEXTS, SCOPE
from portal.model.text import LANGUAGES, Chosen
from portal.model.user import Origin, Permission
from portal.services.offering_form import from_form
from portal.services.parameters import clean_text
from portal.web.cards import next_run
from portal.web.current import language, services, today
from portal.web.desk.access import by, needs, provider, user
from portal.web.desk.draft_panel import check_of, panel
from portal.web.desk.drafts import STATES, revision, title_of
from portal.web.desk.editor import inputs, rows, sent, written
from portal.web.formatting import run_time
from portal.web.forms import private
from portal.web.languages import LANG

blueprint = Blueprint("desk_offerings", __name__)

_PER_PAGE = 50
_MOST_WORDS = 5
_STATES = {
    State.PUBLISHED: Message(N_("published")),
    State.WITHDRAWN: Message(N_("withdrawn")),
    State.SUSPENDED: Message(N_("hidden, since the provider is suspended")),
    State.DRAFT: Message(N_("draft")),
}
_ORIGINS = {
    Origin.COMMAND: Message(N_("by the portal")),
    Origin.DESK: Message(N_("at the desk")),
    Origin.FILE: Message(N_("from a file")),
    Origin.API: Message(N_("by the programming interface")),
}
_DONE = {
    "published": Message(N_("Published. Search finds it in a few seconds.")),
    "withdrawn": Message(N_("Withdrawn. Its page now tells that it is no longer offered.")),
    "discarded": Message(N_("The draft was deleted.")),
}
_BEGINNING = (MAIN_TEXTS[0], SCOPE[0])


@dataclass(frozen=True)
class Row:
    """One offering in the list. languages: those of ours in which it has a name and a description."""

    entry: CatalogEntry
    title: Chosen
    state: str
    pok: PokResult
    languages: tuple[str, ...]
    time: str
    has_ended: bool
    draft: Draft | None


@blueprint.get(f"/{LANG}/desk/offerings/")
@needs(Permission.EDIT)
def offerings() -> Response:
    text, chosen = clean_text(request.args.get("q", "")), request.args.get("state", "")
    state = State(chosen) if chosen in (State.PUBLISHED, State.WITHDRAWN) else None
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 and int(asked) else 1
    editing = services().editing
    drafts = editing.drafts(provider())
    total, entries = 0, []
    if chosen != "draft":
        total, entries = editing.page(provider(), text.split()[:_MOST_WORDS], state, number, _PER_PAGE)
    of_offering = {draft.offering: draft for draft in drafts if draft.offering}
    return private(
        render_template(
            "desk/offerings/list.html",
            rows=[_row(entry, of_offering.get(entry.id)) for entry in entries],
            drafts=_listed_drafts(drafts, text, chosen) if number == 1 else [],
            total=total,
            page=number,
            pages=max(1, -(-total // _PER_PAGE)),
            q=text,
            chosen=chosen,
            done=_done(),
            states=[("draft", gettext("draft")), *((str(s), _STATES[s].render(gettext)) for s in list(State)[1:3])],
        )
    )


def _listed_drafts(drafts: list[Draft], text: str, chosen: str) -> list[tuple[Draft, str, str, str | None]]:
    """Drafts of something new, and where drafts were asked for all of them, with title, state and last writer."""
    titled = [
        (draft, title_of(draft.data)) for draft in drafts if chosen == "draft" or (not chosen and not draft.offering)
    ]
    words = text.casefold().split()
    return [
        (draft, title, STATES[draft.state].render(gettext), services().editing.name_of(draft.updated_by))
        for draft, title in titled
        if all(word in title.casefold() for word in words)
    ]


def _row(entry: CatalogEntry, draft: Draft | None) -> Row:
    offering = entry.offering
    run = next_run(offering, today())
    return Row(
        entry=entry,
        title=offering.title.choose(language()),
        state=_STATES[entry.state].render(gettext),
        pok=_pok(offering),
        languages=tuple(code for code in LANGUAGES if code in offering.title and code in offering.description),
        time=run_time(run) if run else "",
        has_ended=offering.has_ended(today()),
        draft=draft,
    )


def _pok(offering: Offering) -> PokResult:
    return evaluate(services().rules, offering, services().store.providers()[offering.provider])


def _done() -> str:
    message = _DONE.get(request.args.get("done", ""))
    return message.render(gettext) if message else ""


@blueprint.route(f"/{LANG}/desk/offerings/new", methods=["GET", "POST"])
@needs(Permission.EDIT)
def new() -> Response:
    """The name first, so that what others offer already is seen before anything is written."""
    if request.method == "POST" and "look" not in request.form:
        draft = services().editing.begin(provider(), user(), _begun(sent()))
        return redirect(url_for("desk_drafts.edit", draft_id=draft.id, done="begun"))
    values = sent() if request.method == "POST" else {f"title.{language()}": [request.args.get("title", "")[:500]]}
    data = _begun(values)
    return private(
        render_template(
            "desk/offerings/new.html",
            inputs=inputs(_BEGINNING, {name: values.get(name, []) for item in _BEGINNING for name in item.names}),
            **panel(check_of(data), data),
        )
    )


def _begun(values: dict[str, list[str]]) -> dict:
    return from_form(_BEGINNING, {}, values, language())


@blueprint.get(f"/{LANG}/desk/offerings/<offering_id>")
@needs(Permission.EDIT)
def offering(offering_id: str) -> Response:
    entry = services().editing.offering(provider(), offering_id)
    draft = services().editing.draft_of(entry.id)
    steps = services().editing.history(provider(), entry.id)[:1]
    return private(
        render_template(
            "desk/offerings/offering.html",
            row=_row(entry, draft),
            entry=entry,
            draft=draft,
            step=steps[0] if steps else None,
            origin=_ORIGINS[steps[0].revision.by.origin].render(gettext) if steps else "",
            missing=[code for code in LANGUAGES if code not in entry.offering.title],
            may_publish=user().may(Permission.PUBLISH),
            done=_done(),
        )
    )


@blueprint.post(f"/{LANG}/desk/offerings/<offering_id>/edit")
@needs(Permission.EDIT)
def edit(offering_id: str) -> Response:
    draft = services().editing.edit(provider(), offering_id, user())
    return redirect(url_for("desk_drafts.edit", draft_id=draft.id))


@blueprint.post(f"/{LANG}/desk/offerings/<offering_id>/copy")
@needs(Permission.EDIT)
def copy(offering_id: str) -> Response:
    draft = services().editing.copy(provider(), offering_id, user())
    return redirect(url_for("desk_drafts.edit", draft_id=draft.id, done="begun"))


@blueprint.route(f"/{LANG}/desk/offerings/<offering_id>/copy-run", methods=["GET", "POST"])
@needs(Permission.EDIT)
def copy_run(offering_id: str) -> Response:
    """Where mail leads when the last run has ended: one button, and the run is there for another year."""
    entry = services().editing.offering(provider(), offering_id)
    if request.method == "POST":
        try:
            draft, number = services().editing.copy_run(provider(), offering_id, user())
        except Refused as refusal:
            return private(_copy_run_page(entry, written(refusal.message)), 409)
        except Conflict:
            return redirect(url_for("desk_offerings.copy_run", offering_id=offering_id))
        return redirect(url_for("desk_runs.run", draft_id=draft.id, number=number + 1))
    return private(_copy_run_page(entry))


def _copy_run_page(entry: CatalogEntry, problem: str = "") -> str:
    latest = max(entry.offering.runs, key=lambda run: str(run.start or run.enrol_from or ""), default=None)
    return render_template(
        "desk/offerings/copy_run.html", entry=entry, title=entry.offering.title.choose(language()),
        time=run_time(latest) if latest else "", problem=problem,
    )  # fmt: skip


@blueprint.route(f"/{LANG}/desk/offerings/<offering_id>/withdraw", methods=["GET", "POST"])
@needs(Permission.PUBLISH)
def withdraw(offering_id: str) -> Response:
    entry = services().editing.offering(provider(), offering_id)
    is_changed = False
    if request.method == "POST":
        try:
            services().editing.withdraw(provider(), offering_id, revision(), by())
            return redirect(url_for("desk_offerings.offering", offering_id=offering_id, done="withdrawn"))
        except Conflict:
            is_changed, entry = True, services().editing.offering(provider(), offering_id)
    title = entry.offering.title.choose(language())
    page = render_template("desk/offerings/withdraw.html", entry=entry, title=title, is_changed=is_changed)
    return private(page, 409 if is_changed else 200)


@blueprint.get(f"/{LANG}/desk/offerings/<offering_id>/history")
@needs(Permission.EDIT)
def history(offering_id: str) -> Response:
    entry = services().editing.offering(provider(), offering_id)
    steps = [
        (step, _STATES[step.revision.state].render(gettext), _ORIGINS[step.revision.by.origin].render(gettext),
         rows(step.changes))
        for step in services().editing.history(provider(), entry.id)
    ]  # fmt: skip
    title = entry.offering.title.choose(language())
    return private(render_template("desk/offerings/history.html", entry=entry, title=title, steps=steps))
