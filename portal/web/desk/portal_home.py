"""The first page of the desk for moderators and operators: what waits for them."""

from flask import Response, render_template

from portal.model.admission import Admission
from portal.model.proposal import Moderation
from portal.model.user import Permission
from portal.web.current import services
from portal.web.desk.access import user
from portal.web.forms import private
from portal.web.wish_cards import make_wish_card

_SHOWN = 5


def page() -> Response:
    waiting = services().moderating.listing((Moderation.WAITING,))
    listed = services().admitting.listing() if user().may(Permission.OPERATE) else []
    return private(
        render_template(
            "desk/home_portal.html",
            waiting=len(waiting),
            oldest=[make_wish_card(item.proposal) for item in waiting[::-1][:_SHOWN]],
            reports=len(services().reporting.open_reports()),
            providers=len([item for item in listed if item.admission is Admission.ADMITTED]),
            suspended=len([item for item in listed if item.admission is Admission.SUSPENDED]),
            without_users=len([item for item in listed if item.admission is Admission.ADMITTED and not item.users]),
            may_operate=user().may(Permission.OPERATE),
        )
    )
