"""The page of one offering: everything a learner needs to decide, and why it has the badge or not."""

from flask import Blueprint, Response, make_response, render_template, url_for
from flask_babel import gettext

from portal.model.codes import Codes
from portal.model.interest import LEVEL_LABELS
from portal.model.query import SearchQuery
from portal.services.catalog import Shown
from portal.services.clock import day_in_helsinki
from portal.web.cards import enrolment, make_card, missing_here, place
from portal.web.current import labels, language, services, today
from portal.web.figures import asking_for_offering
from portal.web.formatting import run_time
from portal.web.languages import LANG, base_url
from portal.web.structured import course

blueprint = Blueprint("offerings", __name__)
_INSTEAD = 4


@blueprint.get(f"/{LANG}/offerings/<offering_id>")
def offering(offering_id: str) -> Response | str:
    shown = services().catalog.offering(offering_id)
    if shown.is_withdrawn:
        return _withdrawn(shown)
    return offering_page(shown)


def offering_page(shown: Shown, **more: object) -> str:
    """The page of an offering; `more` for its template, such as what a preview says."""
    codes = services().codes
    page = shown.offering
    return render_template(
        "offerings/offering.html",
        shown=shown,
        updated=day_in_helsinki(shown.entry.updated_at),
        o=page,
        card=make_card(shown),
        runs=[_run_row(run, codes) for run in _in_order(shown)],
        checks=[
            (check, check.criterion.title.choose(language()).text, check.explain(language()))
            for check in shown.pok.checks
        ],
        missing=missing_here(page.description or page.summary or page.title),
        also_in=[code for code in page.description or page.summary or page.title if code != language()],
        partners=[services().catalog.providers().get(partner) for partner in page.partners],
        asking=asking_for_offering(shown.id),
        feedback=services().feedback.public(shown.id),
        level_links=[
            (url_for("interest.interest", offering_id=shown.id, level=level), label.render(gettext))
            for level, label in LEVEL_LABELS.items()
        ],
        structured=course(shown, language(), base_url() + url_for("offerings.offering", offering_id=shown.id)),
        **more,
    )


def _withdrawn(shown: Shown) -> Response:
    field = services().codes.broad_field(shown.offering.field)
    query = SearchQuery(
        language=language(), size=_INSTEAD + 1, sort="start", filters={"field": (field,)} if field else {}
    )
    instead = [
        make_card(hit.shown) for hit in services().searching.find(query, labels()).hits if hit.shown.id != shown.id
    ]
    response = make_response(
        render_template(
            "offerings/withdrawn.html", at=day_in_helsinki(shown.entry.withdrawn_at), cards=instead[:_INSTEAD]
        ),
        410,
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _in_order(shown: Shown) -> list:
    """Coming and running runs by their start, then those that have ended, latest first."""
    now = today()
    runs = sorted(shown.offering.runs, key=lambda run: (run.start is None, run.start or now))
    ended = [run for run in runs if run.days.have_ended(now)]
    return [run for run in runs if not run.days.have_ended(now)] + ended[::-1]


def _run_row(run, codes: Codes) -> dict:
    words, kind = enrolment(run, today())
    return {"run": run, "time": run_time(run), "place": place(run, codes), "enrolment": words, "kind": kind}
