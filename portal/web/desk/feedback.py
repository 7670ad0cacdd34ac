"""What learners said after runs of the provider's offerings, from five answers on."""

from flask import Blueprint, Response, render_template

from portal.model.user import Permission
from portal.services.feedback import MIN_ANSWERS
from portal.web.current import services
from portal.web.desk.access import needs, provider
from portal.web.desk.titles import titles
from portal.web.forms import private
from portal.web.languages import LANG

blueprint = Blueprint("desk_feedback", __name__)


@blueprint.get(f"/{LANG}/desk/feedback")
@needs(Permission.EDIT)
def feedback() -> Response:
    given = services().feedback.of_provider(provider())
    return private(
        render_template(
            "desk/feedback/list.html",
            given=given,
            titles=titles({item.offering for item in given}),
            minimum=MIN_ANSWERS,
        )
    )
