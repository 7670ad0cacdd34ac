"""One run of a draft: its days, place and price on a page of its own."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from portal.model.differences import differences
from portal.model.draft import Draft
from portal.model.errors import Conflict
from portal.model.offering_fields import RUN
from portal.model.user import Permission
from portal.services.editing import with_run_copied
from portal.services.offering_form import from_form, in_form
from portal.web.current import language, services
from portal.web.desk.access import needs, provider
from portal.web.desk.draft_panel import check_of
from portal.web.desk.drafts import save, title_of
from portal.web.desk.editor import inputs, rows, sent, told
from portal.web.forms import private
from portal.web.languages import LANG

blueprint = Blueprint("desk_runs", __name__)


@blueprint.route(f"/{LANG}/desk/drafts/<draft_id>/runs/<int:number>", methods=["GET", "POST"])
@needs(Permission.EDIT)
def run(draft_id: str, number: int) -> Response:
    """`number` counts from 1."""
    draft = services().editing.draft(provider(), draft_id)
    if request.method == "GET":
        if not 0 < number <= len(_runs(draft)):
            raise NotFound
        return private(_page(draft, draft.data, number - 1, is_checked="done" in request.args))
    data, place = _typed(draft, number - 1)
    pressed = request.form.get("do", "save")
    change = with_run_copied(data, place) if pressed == "another" else None
    try:
        draft = save(draft, change.data if change else data)
    except Conflict:
        draft = services().editing.draft(provider(), draft_id)
        data, place = _typed(draft, number - 1)
        return private(_page(draft, data, place, differs=rows(differences(draft.data, data))), 409)
    if change:
        return redirect(url_for("desk_runs.run", draft_id=draft.id, number=change.run + 1))
    if pressed == "stay" or any(problem.run == place for problem in check_of(draft.data).errors):
        return redirect(url_for("desk_runs.run", draft_id=draft.id, number=place + 1, done="saved"))
    return redirect(url_for("desk_drafts.edit", draft_id=draft.id, done="saved", _anchor="runs"))


def _typed(draft: Draft, number: int) -> tuple[dict, int]:
    """The draft with what was typed into the run, and where that run stands now: it may have moved, or be gone."""
    runs = list(_runs(draft))
    was = request.form.get("was", "")
    here = number < len(runs) and str(runs[number].get("id", "")) == was
    place = number if here else next((at for at, item in enumerate(runs) if str(item.get("id", "")) == was), len(runs))
    before = runs[place] if place < len(runs) else {}
    runs[place : place + 1] = [from_form(RUN, before, sent(), language())]
    return draft.data | {"runs": runs}, place


def _runs(draft: Draft) -> list:
    return draft.data.get("runs") or []


def _page(draft: Draft, data: dict, place: int, *, is_checked: bool = False, differs: list | None = None) -> str:
    held = data["runs"][place]
    problems = [problem for problem in check_of(data).errors if problem.run == place]
    return render_template(
        "desk/drafts/run.html",
        draft=draft,
        title=title_of(data),
        number=place + 1,
        was=str(held.get("id", "")),
        differs=differs,
        writer=services().editing.name_of(draft.updated_by),
        done=is_checked,
        problems=[(problem, told(problem)) for problem in problems] if is_checked else [],
        inputs=inputs(RUN, in_form(RUN, held, language()), problems if is_checked else ()),
        fields=RUN,
    )
