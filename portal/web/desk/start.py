"""The first page of a provider's desk: what to do next, where its offerings stand, and what is asked for."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask_babel import gettext, ngettext

from portal.model.upload import Upload, UploadState
from portal.model.user import Permission
from portal.services.answering_wishes import DeskWish
from portal.services.desk import NO_RUN, Overview
from portal.web.current import language, services
from portal.web.demand import cell_names
from portal.web.desk.access import provider, user
from portal.web.figures import at_least, in_fives
from portal.web.formatting import number
from portal.web.wish_cards import make_wish_card

_WISHES_TO_ANSWER = 3
_WISHES_ASIDE = 5
_FEW, _MANY = 10, 100
_CIRCLES = 10


@dataclass(frozen=True)
class Todo:
    """One line of what to do next. kind: of what (want, miss or scope, for its colour); urgent: someone waits."""

    kind: str
    title: str
    text: str
    url: str
    button: str
    urgent: bool = False


def start_page() -> str:
    overview = services().desk.overview(provider())
    known = {NO_RUN: gettext("without a coming run")}
    known |= {criterion.id: _missing(criterion.title.choose(language()).text) for criterion, _ in overview.missing}
    show = request.args.get("show", "")
    show = show if show in known else ""
    listed = [item for item in overview.offerings if not show or item.lacks(show)]
    waiting = [wish for wish in overview.wishes if wish.waits]
    return render_template(
        "desk/start/start.html",
        overview=overview,
        todo=_todo(overview, waiting),
        shown=listed[: _MANY if show else _FEW],
        total=len(listed),
        chosen=known.get(show, ""),
        narrowings=[(name, text) for name, text in known.items()],
        show=show,
        waiting=len(waiting),
        wishes=[(wish, make_wish_card(wish.proposal)) for wish in waiting[:_WISHES_ASIDE]],
        circles=lambda wish: _circles(people(wish)),
        people=lambda wish: at_least(people(wish)),
        cell_names=cell_names,
    )


def people(wish: DeskWish) -> int:
    """At least so many stand behind a wish, the curious too; 0: fewer than five."""
    return in_fives(sum(wish.standing.everyone.values())) if wish.standing else 0


def _circles(count: int) -> tuple[int, int]:
    """How many circles to draw, and for how many people each stands."""
    each = 1 if count <= _CIRCLES else 10
    return min(count // each, _CIRCLES), each


def _missing(criterion: str) -> str:
    return gettext("not met: %(x)s", x=criterion)


def _todo(overview: Overview, waiting: list[DeskWish]) -> list[Todo]:
    """The most urgent first: those who wait, then what is wrong, then what could be better."""
    sent = services().uploads.all(provider())
    return [
        *_beginning(overview, sent), *_answers(waiting), *_reports(overview), *_reviews(overview), *_file(sent),
        *_runs(overview), *_criteria(overview),
    ]  # fmt: skip


def _beginning(overview: Overview, sent: list[Upload]) -> list[Todo]:
    """For a provider that has neither published nor begun anything."""
    if overview.offerings or overview.pending.drafts or sent:
        return []
    title = gettext("Publish your first micro-credentials")
    text = gettext("Fill in our template, or write one by hand. You see everything before visitors do.")
    return [Todo("scope", title, text, url_for("desk_files.files"), gettext("Fetch the template"))]


def _file(sent: list[Upload]) -> list[Todo]:
    """The last file, when somebody is still to mend or to publish it."""
    if not sent or sent[0].state not in (UploadState.CHECKED, UploadState.FAILED):
        return []
    last, texts = sent[0], []
    ready = sum(last.counts.get(name, 0) for name in ("new", "changed", "withdrawn"))
    left_out = last.counts.get("left_out", 0)
    if last.state == UploadState.FAILED:
        texts = [gettext("It could not be read.")]
    if last.state == UploadState.CHECKED and ready:
        texts.append(
            ngettext(
                "%(n)s change waits to be published.", "%(n)s changes wait to be published.", ready, n=number(ready)
            )
        )
    if last.state == UploadState.CHECKED and left_out:
        texts.append(
            ngettext(
                "%(n)s offering has something to mend.",
                "%(n)s offerings have something to mend.",
                left_out,
                n=number(left_out),
            )
        )
    title = gettext("Finish the file: %(name)s", name=last.name)
    url = url_for("desk_files.upload", upload_id=last.id)
    return [Todo("miss", title, " ".join(texts), url, gettext("Look"))] if texts else []


def _answers(waiting: list[DeskWish]) -> list[Todo]:
    enough = [wish for wish in waiting if wish.has_enough]
    lines = [
        Todo(
            "people",
            gettext("Answer the wish: %(title)s", title=wish.proposal.wish.title),
            gettext("People behind it: %(n)s.", n=at_least(people(wish))),
            url_for("desk_wishes.wish", proposal_id=wish.proposal.id),
            gettext("Answer"),
            urgent=True,
        )
        for wish in enough[:_WISHES_TO_ANSWER]
    ]  # fmt: skip
    rest = len(waiting) - len(lines)
    if rest:
        title = ngettext(
            "%(n)s wish in your fields waits for an answer", "%(n)s wishes in your fields wait for an answer", rest,
            n=number(rest),
        )  # fmt: skip
        text = gettext("Take one up, or leave it to others.")
        lines.append(Todo("people", title, text, url_for("desk_wishes.wishes"), gettext("See the wishes")))
    return lines


def _reports(overview: Overview) -> list[Todo]:
    n = overview.pending.reports
    title = ngettext("%(n)s report waits", "%(n)s reports wait", n, n=number(n))
    text = gettext("Readers found something wrong or outdated.")
    return [Todo("miss", title, text, url_for("desk_reports.reports"), gettext("Read"))] if n else []


def _reviews(overview: Overview) -> list[Todo]:
    n = overview.pending.in_review
    if not n or not user().may(Permission.PUBLISH):
        return []
    title = ngettext("%(n)s draft waits for review", "%(n)s drafts wait for review", n, n=number(n))
    text = gettext("Read it, then publish it or send it back.")
    return [Todo("scope", title, text, url_for("desk_offerings.offerings", state="draft"), gettext("Review"))]


def _runs(overview: Overview) -> list[Todo]:
    n = overview.without_run
    title = ngettext(
        "%(n)s micro-credential has no coming run", "%(n)s micro-credentials have no coming run", n, n=number(n)
    )
    text = gettext("Add a new date, or copy the last run.")
    return [Todo("scope", title, text, _narrowed(NO_RUN), gettext("Look"))] if n else []


def _criteria(overview: Overview) -> list[Todo]:
    lines = []
    for criterion, n in overview.missing:
        title = ngettext(
            "%(n)s micro-credential does not meet: %(x)s", "%(n)s micro-credentials do not meet: %(x)s", n, n=number(n),
            x=criterion.title.choose(language()).text,
        )  # fmt: skip
        text = gettext("They are found in search, but without the POK badge.")
        lines.append(Todo("miss", title, text, _narrowed(criterion.id), gettext("Complete")))
    return lines


def _narrowed(show: str) -> str:
    return url_for("desk.home", show=show, _anchor="offerings")
