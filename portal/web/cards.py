"""An offering as a card or a page shows it: texts chosen for the reader, facts in words."""

import datetime as dt
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup

from portal.model.codes import Codes
from portal.model.offering import Offering, Price, Run
from portal.model.text import Chosen, LocalizedText
from portal.services.catalog import Shown
from portal.services.searching import Highlighter
from portal.web.current import language, services, today
from portal.web.formatting import day, money, run_time
from portal.web.languages import in_its_language, mark
from portal.web.texts import SNIPPET, plain, snippet

_LOOKED_AT = 3_000
"""Characters of a text in which the best passage is looked for."""


@dataclass(frozen=True)
class Card:
    """What a list shows of one offering."""

    shown: Shown
    title: Chosen
    title_html: Markup
    provider: Chosen
    text: Chosen
    text_html: Markup
    field: str
    place: str
    is_online: bool
    time: str
    languages: str
    price: str
    has_ended: bool
    has_coming_run: bool
    """Whether there is a run that one can still enrol to."""

    @property
    def offering(self) -> Offering:
        return self.shown.offering

    @property
    def url(self) -> str:
        return url_for("offerings.offering", offering_id=self.shown.id)


def make_card(shown: Shown, found: Highlighter | None = None) -> Card:
    """The card of an offering; `found` marks the words of the search in title and text."""
    offering, reader = shown.offering, language()
    codes = services().codes
    run = next_run(offering, today())
    body = offering.summary.choose(reader)
    if not body.text or (body.language != reader and reader in offering.description):
        body = offering.description.choose(reader)
    title = offering.title.choose(reader)
    text = snippet(found.passage(plain(body.text[:_LOOKED_AT]), body.language, SNIPPET) if found else body.text)
    return Card(
        shown=shown,
        title=title,
        title_html=_marked(title.text, title.language, found),
        provider=shown.provider.name.choose(reader),
        text=Chosen(text, body.language),
        text_html=_marked(text, body.language, found),
        field=codes.broad_field(offering.field) or "99",
        place=place(run, codes) if run else "",
        is_online=bool(run and run.mode == "online"),
        time=_time(offering, run),
        languages=", ".join(codes.label("languages", code, reader) for code in _taught_in(offering)),
        price=money(_price(offering, run)),
        has_ended=offering.has_ended(today()),
        has_coming_run=offering.has_coming_run(today()),
    )


def _marked(text: str, text_language: str, found: Highlighter | None) -> Markup:
    """The text with found words marked, in a span of its language when that is not the page's."""
    if found is None:
        return mark(text, text_language)
    pieces = (
        Markup("<mark>{}</mark>").format(piece.text) if piece.found else Markup.escape(piece.text)
        for piece in found.pieces(text, text_language)
    )
    return in_its_language(Markup("").join(pieces), text_language)


def next_run(offering: Offering, now: dt.date) -> Run | None:
    """The run to name on a card: the next to start, else one at one's own pace, else the latest."""
    runs = offering.runs_that_count(now)
    coming = [run for run in runs if run.start and run.start >= now]
    if coming:
        return min(coming, key=lambda run: run.start)
    open_now = [run for run in runs if run.pace == "self_paced"]
    return next(iter(open_now), None) or max(runs, key=lambda run: run.start or dt.date.min, default=None)


def place(run: Run, codes: Codes) -> str:
    """`monimuoto, Seinäjoki`, as far as it is stated."""
    mode = codes.label("modes", run.mode, language()) if run.mode else ""
    town = (
        codes.label("municipalities", run.municipality, language()) if run.municipality and run.mode != "online" else ""
    )
    own_pace = codes.label("paces", run.pace, language()) if run.pace == "self_paced" else ""
    return ", ".join(filter(None, (mode, own_pace, town)))


def enrolment(run: Run, now: dt.date) -> tuple[str, str]:
    """Words about enrolment and what kind they are: `open`, `coming`, `over`, `ended` or empty."""
    if run.days.have_ended(now):
        return gettext("ended"), "ended"
    if run.days.enrolment_is_open(now):
        return (
            gettext("enrolment open until %(x)s", x=day(run.enrol_by)) if run.enrol_by else gettext("enrolment open")
        ), "open"
    if run.enrol_from and run.enrol_from > now:
        return gettext("enrolment opens on %(x)s", x=day(run.enrol_from)), "coming"
    if run.enrol_by and run.enrol_by < now:
        return gettext("enrolment closed"), "over"
    return "", ""


def missing_here(texts: LocalizedText) -> str:
    """The language in which a text is shown because the page's own is missing; empty when it is not."""
    chosen = texts.choose(language())
    return chosen.language if chosen.text and chosen.language != language() else ""


def _time(offering: Offering, run: Run | None) -> str:
    if run is None:
        return gettext("next date not known")
    if offering.has_ended(today()):
        return gettext("ended %(x)s", x=day(run.end))
    if run.pace == "self_paced" and (run.start is None or run.start <= today()):
        return gettext("you can start now")
    return run_time(run)


def _taught_in(offering: Offering) -> tuple[str, ...]:
    named = offering.languages or tuple(code for run in offering.runs for code in run.languages)
    return tuple(dict.fromkeys(named))


def _price(offering: Offering, run: Run | None) -> Price | None:
    return run.price if run and run.price else offering.price
