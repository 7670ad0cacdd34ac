"""Reports of what is wrong with the provider's offerings, and a note of which were seen to."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext

from portal.model.feedback import REPORT_REASONS
from portal.model.message import N_, Message
from portal.model.user import Permission
from portal.services.clock import day_in_helsinki
from portal.web.current import services
from portal.web.desk.access import needs, provider
from portal.web.desk.titles import titles
from portal.web.forms import private
from portal.web.languages import LANG

blueprint = Blueprint("desk_reports", __name__)

_DONE = {
    "handled": Message(N_("Marked as handled.")),
    "open": Message(N_("It waits again.")),
}


@blueprint.get(f"/{LANG}/desk/reports")
@needs(Permission.EDIT)
def reports() -> Response:
    found = services().reporting.of_provider(provider())
    done = _DONE.get(request.args.get("done", ""))
    return private(
        render_template(
            "desk/reports/list.html",
            waiting=[item for item in found if item.seen_to_at is None],
            handled=[item for item in found if item.seen_to_at],
            titles=titles({item.subject for item in found}),
            reasons={name: message.render(gettext) for name, message in REPORT_REASONS.items()},
            day_of=day_in_helsinki,
            done=done.render(gettext) if done else "",
        )
    )


@blueprint.route(
    f"/{LANG}/desk/reports/<int(max=2147483647):report_id>/<any(handled,open):mark>", methods=["GET", "POST"]
)
@needs(Permission.EDIT)
def mark(report_id: int, mark: str) -> Response:
    if request.method == "GET":
        return redirect(url_for("desk_reports.reports"))
    services().reporting.set_handled(provider(), report_id, handled=mark == "handled")
    return redirect(url_for("desk_reports.reports", done=mark))
