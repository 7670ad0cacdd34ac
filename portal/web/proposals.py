"""Wishes for what nobody offers yet: the list, a page of each, and the forms that make or join one."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext

from portal.model.errors import Refused
from portal.model.interest import Recorded
from portal.model.message import N_, Message
from portal.model.problem import shown as shortened
from portal.model.proposal import DEFAULT_GROUP, STATE_LABELS, STEP_LABELS, Proposal, State, read_joining, read_wish
from portal.model.query import SearchQuery
from portal.model.text import Chosen
from portal.services.clock import day_in_helsinki
from portal.services.parameters import clean_text
from portal.services.proposals import ShownProposal
from portal.web.cards import make_card
from portal.web.current import labels, language, services, today
from portal.web.figures import asking_for_wish
from portal.web.forms import JoinForm, SentForm, WishForm, as_typed, comes_back, is_pressed, private
from portal.web.languages import LANG
from portal.web.limits import form_limit, search_limit, wish_limit
from portal.web.person import remember, sender
from portal.web.wish_cards import make_wish_card, promise_of, way

blueprint = Blueprint("proposals", __name__)
_PER_PAGE = 20
_SIMILAR = 3
_UNKNOWN = N_("We did not know the filter: {x}. We left it out.")
_HASTY = Message(N_("That was quick. Look through the form and send it again."))
_HANDED_ON = ("field", "scope", "language", "region", "mode")


@blueprint.get(f"/{LANG}/proposals/")
def proposals() -> str:
    fields = [code for code in services().codes["fields"] if len(code) == 2 and code != "99"]
    chosen, notices = {}, []
    for name, known in (("field", fields), ("state", list(State))):
        value = request.args.get(name, "").strip()
        if value in known:
            chosen[name] = value
        elif value:
            notices.append(Message(_UNKNOWN, {"x": shortened(f"{name}={value}")}).render(gettext))
    found = [item for item in services().proposals.visible() if _fits(item, chosen)]
    pages = max(1, -(-len(found) // _PER_PAGE))
    number = request.args.get("page", "1")
    page = min(int(number), pages) if number.isascii() and number.isdecimal() and len(number) < 6 and int(number) else 1
    return render_template(
        "proposals/list.html",
        cards=[make_wish_card(item) for item in found[(page - 1) * _PER_PAGE : page * _PER_PAGE]],
        total=len(found),
        page=page,
        pages=pages,
        chosen=chosen,
        notices=notices,
        fields=[(code, services().codes.label("fields", code, language())) for code in fields],
        states=[(str(state), label.render(gettext)) for state, label in STATE_LABELS.items()],
    )


def _fits(item: Proposal, chosen: dict[str, str]) -> bool:
    field = services().codes.broad_field(item.wish.field)
    return chosen.get("field", field) == field and chosen.get("state", item.state) == item.state


@blueprint.get(f"/{LANG}/proposals/<proposal_id>")
def proposal(proposal_id: str) -> Response | str:
    shown = services().proposals.shown(proposal_id)
    item = shown.proposal
    if item.id != proposal_id:
        return redirect(url_for("proposals.proposal", proposal_id=item.id))
    promise = promise_of(shown)
    similar = services().similar_proposals.find(item.wish.title, language(), _SIMILAR + 1)
    return render_template(
        "proposals/proposal.html",
        shown=shown,
        item=item,
        card=make_wish_card(item),
        way=way(shown),
        promise=promise,
        asking=asking_for_wish(item.id, item.wish.field, promise.min_group if promise else item.wish.group_size),
        events=_events(shown),
        provider_name=_provider_name,
        level_links=_level_links(item.id),
        similar=[make_wish_card(other) for other in similar if other.id != item.id][:_SIMILAR],
        offerings=_similar_offerings(item.wish.title),
    )


def _events(shown: ShownProposal) -> list[tuple]:
    """Day, what happened, who did it and why, the latest first."""
    return [
        (
            day_in_helsinki(taken.at),
            STEP_LABELS[taken.step].render(gettext),
            _provider_name(taken.provider) if taken.provider else None,
            taken.reason,
        )
        for taken in reversed(shown.history)
    ]


def _provider_name(provider_id: str) -> Chosen:
    provider = services().catalog.providers().get(provider_id)
    return provider.name.choose(language()) if provider else Chosen(provider_id, "")


def _level_links(proposal_id: str) -> list[tuple[str, str]]:
    form = JoinForm(formdata=None)
    return [
        (url_for("proposals.join", proposal_id=proposal_id, level=level), name) for level, name in form.level.choices
    ]


# Making one


@blueprint.route(f"/{LANG}/proposals/new", methods=["GET", "POST"])
@form_limit
@wish_limit
def new() -> Response:
    if request.method == "GET":
        text = clean_text(request.args.get("q", ""))
        values = {name: request.args.get(name, "") for name in _HANDED_ON}
        form = WishForm(data=values | {"title": text, "group_size": str(DEFAULT_GROUP), "level": "would_take_part"})
        return private(_wish_page(form, services().proposals.form_key()))
    form = WishForm()
    if is_pressed("check"):
        return private(_wish_page(form, form.key.data or services().proposals.form_key(), is_checked=True))
    try:
        _check_for_robots(form)
        wish, joining, email = read_wish(request.form, services().codes, today())
        recorded = services().proposals.propose(
            wish, joining, email=email, form_key=form.key.data or "", sender=sender()
        )
    except Refused as refusal:
        form.refuse(refusal)
        return comes_back(_wish_page(form, form.key_after(refusal, services().proposals.form_key())))
    page = render_template("proposals/thanks_new.html", title=wish.title, recorded=recorded, email=email)
    return remember(private(page), recorded.browser)


def _check_for_robots(form: SentForm) -> None:
    form.check_trap()
    if services().proposals.is_hasty(form.key.data or ""):
        raise Refused(_HASTY)


def _wish_page(form: WishForm, key: str, *, is_checked: bool = False) -> str:
    return render_template(
        "proposals/new.html", form=form, key=key, is_checked=is_checked, **_similar(form.title.data or "")
    )


@blueprint.get(f"/{LANG}/proposals/similar")
@search_limit
def similar() -> Response:
    """What is like the words `q`, as a part of a page: for the script that shows it while someone types."""
    found = _similar(clean_text(request.args.get("q", "")))
    response = private(render_template("proposals/_similar.html", **found))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _similar(text: str) -> dict[str, list]:
    """Wishes to join and offerings like what someone is about to wish."""
    found = services().similar_proposals.find(text, language(), _SIMILAR) if text else []
    return {"wishes": [make_wish_card(item) for item in found], "offerings": _similar_offerings(text)}


def _similar_offerings(text: str) -> list:
    if not text:
        return []
    answer = services().searching.find(SearchQuery(text=clean_text(text), language=language(), size=_SIMILAR), labels())
    return [make_card(hit.shown) for hit in answer.hits[:_SIMILAR]]


# Joining one


@blueprint.route(f"/{LANG}/proposals/<proposal_id>/join", methods=["GET", "POST"])
@form_limit
def join(proposal_id: str) -> Response:
    shown = services().proposals.shown(proposal_id)
    item = shown.proposal
    if request.method == "GET":
        if item.id != proposal_id or not shown.is_joinable:
            return redirect(url_for("proposals.proposal", proposal_id=item.id))
        return _empty_join_form(item)
    form = JoinForm()
    try:
        form.check_trap()
        joining, email = read_joining(request.form, today())
        recorded = services().proposals.join(
            proposal_id, joining, email=email, form_key=form.key.data or "", sender=sender()
        )
    except Refused as refusal:
        form.refuse(refusal)
        return comes_back(_join_page(item, form, form.key_after(refusal, services().proposals.form_key(proposal_id))))
    return remember(private(_joined(item, recorded, email)), recorded.browser)


def _empty_join_form(item: Proposal) -> Response:
    """With what this browser said before, or the level that the link asked for."""
    said = services().proposals.current(item.id, sender())
    values: dict[str, object] = {"level": request.args.get("level", "would_take_part")}
    if said:
        values = {"level": said.level, "people": str(said.people) if said.people > 1 else "", "budget": said.budget}
        values |= {"needed_by": as_typed(said.needed_by), "name": said.name, "name_public": said.name_public}
    form = JoinForm(data=values)
    return private(_join_page(item, form, services().proposals.form_key(item.id), was_said=bool(said)))


def _join_page(item: Proposal, form: JoinForm, key: str, *, was_said: bool = False) -> str:
    return render_template(
        "proposals/join.html", item=item, card=make_wish_card(item), form=form, key=key, was_said=was_said
    )


def _joined(item: Proposal, recorded: Recorded, email: str) -> str:
    return render_template("proposals/thanks_join.html", card=make_wish_card(item), recorded=recorded, email=email)
