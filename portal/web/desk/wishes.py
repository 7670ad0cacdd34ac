"""Wishes at a provider's desk: the list, the page of each with its numbers in fives, and the steps that a provider takes."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from portal.model.answer import read_commitment, read_held, read_reason
from portal.model.errors import Refused
from portal.model.interest import LEVEL_LABELS, Level
from portal.model.message import N_, Message
from portal.model.proposal import BUDGETS, STEP_LABELS, State
from portal.model.user import Permission
from portal.services.answering_wishes import DeskWish, WholeWish
from portal.services.clock import day_in_helsinki
from portal.web.current import language, services, today
from portal.web.desk.access import needs, provider, user
from portal.web.desk.wish_forms import make_form
from portal.web.figures import asking_for_wish
from portal.web.forms import RefusableForm, comes_back, private
from portal.web.languages import LANG
from portal.web.wish_cards import make_wish_card

blueprint = Blueprint("desk_wishes", __name__)

_PER_PAGE = 30
_SHOWN: Mapping[str, tuple[Message, Callable[[DeskWish], bool]]] = {
    "waiting": (Message(N_("Waiting for your answer")), lambda wish: wish.waits),
    "ours": (Message(N_("Taken up by you")), lambda wish: wish.is_ours),
    "passed": (Message(N_("Left to others")), lambda wish: wish.passed_over is not None),
    "fields": (Message(N_("All of your fields")), lambda wish: wish.concerns),
    "all": (Message(N_("All fields")), lambda wish: True),
}
_DONE = {
    "commit": Message(N_("You have taken up the wish. Its followers get a message.")),
    "enrol": Message(N_("Enrolment is open. Followers get a message.")),
    "held": Message(N_("Noted. Those who followed the wish are asked how it was.")),
    "withdraw": Message(N_("The commitment is withdrawn, and the wish is open again.")),
    "cancel": Message(N_("The wish is cancelled. Followers get a message.")),
    "pass": Message(N_("The wish is left to others. It no longer waits for you.")),
    "back": Message(N_("The wish waits for you again.")),
}
_STEPS = {
    "open": ("commit", "pass"),
    "passed": ("commit",),
    State.COMMITTED: ("enrol", "withdraw", "cancel"),
    State.ENROLMENT_OPEN: ("held", "withdraw", "cancel"),
}


@blueprint.get(f"/{LANG}/desk/wishes")
@needs(Permission.EDIT)
def wishes() -> Response:
    known = services().answering_wishes.of(provider())
    chosen = request.args.get("show", "")
    chosen = chosen if chosen in _SHOWN else "waiting"
    numbers = {name: sum(map(fits, known)) for name, (_, fits) in _SHOWN.items()}
    found = [wish for wish in known if _SHOWN[chosen][1](wish)]
    pages = max(1, -(-len(found) // _PER_PAGE))
    number = request.args.get("page", "1")
    page = min(max(int(number), 1), pages) if number.isascii() and number.isdecimal() and len(number) < 6 else 1
    return private(
        render_template(
            "desk/wishes/list.html",
            wishes=[(wish, make_wish_card(wish.proposal)) for wish in found[(page - 1) * _PER_PAGE : page * _PER_PAGE]],
            kinds=[(name, label.render(gettext), numbers[name]) for name, (label, _) in _SHOWN.items()],
            chosen=chosen,
            page=page,
            pages=pages,
            has_fields=bool(services().desk.provider(provider()).fields),
            public=_public_number,
            minimum=services().settings.demand_minimum,
        )
    )


@blueprint.get(f"/{LANG}/desk/wishes/<proposal_id>")
@needs(Permission.EDIT)
def wish(proposal_id: str) -> Response:
    whole = services().answering_wishes.one(provider(), proposal_id)
    if whole.wish.proposal.id != proposal_id:
        return redirect(url_for("desk_wishes.wish", proposal_id=whole.wish.proposal.id))
    return private(_page(whole))


@blueprint.route(
    f"/{LANG}/desk/wishes/<proposal_id>/<any(commit,enrol,held,withdraw,cancel,pass,back):step>",
    methods=["GET", "POST"],
)
@needs(Permission.PUBLISH)
def answer(proposal_id: str, step: str) -> Response:
    """Take a step. Where it is refused, the page comes back with what was typed."""
    whole = services().answering_wishes.one(provider(), proposal_id)
    proposal_id = whole.wish.proposal.id
    if request.method == "GET":  # another language was chosen on a page that came back
        return redirect(url_for("desk_wishes.wish", proposal_id=proposal_id))
    try:
        _TAKE[step](proposal_id, request.form)
    except Refused as refusal:
        if step == "back":
            raise
        form = make_form(step, whole.wish.proposal, sent=True)
        form.refuse(refusal)
        return comes_back(_page(services().answering_wishes.one(provider(), proposal_id), {step: form}))
    return redirect(url_for("desk_wishes.wish", proposal_id=proposal_id, done=step))


def _commit(proposal_id: str, sent: MultiDict) -> None:
    services().loop.commit(proposal_id, read_commitment(sent, provider(), today()))


def _enrol(proposal_id: str, sent: MultiDict) -> None:
    services().loop.open_enrolment(proposal_id, sent.get("offering", "").strip(), provider())


def _held(proposal_id: str, sent: MultiDict) -> None:
    services().loop.held(proposal_id, *read_held(sent, today()), provider())


def _withdraw(proposal_id: str, sent: MultiDict) -> None:
    services().loop.withdraw_commitment(proposal_id, read_reason(sent, today()), provider())


def _cancel(proposal_id: str, sent: MultiDict) -> None:
    services().loop.cancel(proposal_id, read_reason(sent, today()), provider())


def _pass(proposal_id: str, sent: MultiDict) -> None:
    services().answering_wishes.pass_over(provider(), proposal_id, read_reason(sent, today(), needed=False))


def _back(proposal_id: str, sent: MultiDict) -> None:
    services().answering_wishes.take_back(provider(), proposal_id)


_TAKE = {
    "commit": _commit,
    "enrol": _enrol,
    "held": _held,
    "withdraw": _withdraw,
    "cancel": _cancel,
    "pass": _pass,
    "back": _back,
}


def _page(whole: WholeWish, refused: Mapping[str, RefusableForm] | None = None) -> str:
    wish, item = whole.wish, whole.wish.proposal
    refused = refused or {}
    forms = {step: make_form(step, item, sent=False, **_filled_in(wish)) for step in _steps(wish)} | refused
    done = _DONE.get(request.args.get("done", ""))
    return render_template(
        "desk/wishes/wish.html",
        whole=whole,
        wish=wish,
        item=item,
        card=make_wish_card(item),
        forms=forms,
        came_back=next(iter(refused.values()), None),
        done=done.render(gettext) if done and not refused else "",
        people=_people(wish),
        employers=[one for one in whole.employers if one.name],
        budgets=[
            text.render(gettext) for value, text in BUDGETS.items() if value in {one.budget for one in whole.employers}
        ],
        asking=asking_for_wish(item.id, item.wish.field, item.wish.group_size),
        events=_events(whole),
        taken_by=_provider_name(wish.promise.provider) if wish.promise else "",
    )


def _steps(wish: DeskWish) -> tuple[str, ...]:
    """The steps that the user may take now."""
    if not user().may(Permission.PUBLISH):
        return ()
    if wish.is_open:
        return _STEPS["open" if wish.waits else "passed"]
    return _STEPS.get(wish.proposal.state, ()) if wish.is_ours else ()


def _filled_in(wish: DeskWish) -> dict[str, str]:
    values = {"min_group": str(wish.proposal.wish.group_size)}
    return values | ({"offering": wish.promise.offering} if wish.promise and wish.promise.offering else {})


def _people(wish: DeskWish) -> list[tuple[str, int, int]]:
    """Level in words, people who said so, and how many of them have confirmed it by e-mail."""
    if wish.standing is None:
        return []
    return [
        (LEVEL_LABELS[level].render(gettext), wish.standing.everyone[level], wish.standing.confirmed.get(level, 0))
        for level in Level
        if level in wish.standing.everyone
    ]


def _public_number(wish: DeskWish) -> int:
    """At least so many people, as everybody sees it; 0: too few."""
    tables = services().demand.current()
    return tables.single("proposal", wish.proposal.id).people if tables else 0


def _events(whole: WholeWish) -> list[tuple]:
    """Day, what happened, who did it and why, the latest first."""
    return [
        (
            day_in_helsinki(taken.at),
            STEP_LABELS[taken.step].render(gettext),
            _provider_name(taken.provider) if taken.provider else "",
            taken.reason,
        )
        for taken in reversed(whole.history)
    ]


def _provider_name(provider_id: str) -> str:
    found = services().catalog.providers().get(provider_id)
    return found.name.choose(language()).text if found else provider_id
