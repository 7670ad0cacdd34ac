"""What people ask for and nobody offers: the page of demand, how it is counted, downloads and the feed."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask_babel import gettext

from portal.model.message import N_, Message
from portal.model.proposal import State
from portal.model.published import EMPLOYERS, LEVELS, OTHER_LANGUAGE, SEARCHES, TABLES, Cell
from portal.search.facets import SCOPE_LABELS
from portal.services.clock import day_in_helsinki
from portal.services.demand.exporting import to_csv, to_xlsx
from portal.services.demand.tables import Line, Tables, Trend
from portal.web.current import language, services
from portal.web.languages import LANG
from portal.web.wishes import Wanted, wanted

blueprint = Blueprint("demand", __name__)

_SHOWN_GAPS = 10
_SHOWN_WORDS = 20
_HEAT = ((100, 5), (60, 4), (30, 3), (15, 2), (5, 1))  # at least so many people → step of the heat map

TABLE_NAMES = {
    "region": Message(N_("Region")),
    "scope": Message(N_("Scope")),
    "language": Message(N_("Language of teaching")),
    "mode": Message(N_("Mode")),
}
TRENDS = {
    Trend.RISING: Message(N_("rising")),
    Trend.STEADY: Message(N_("steady")),
    Trend.FALLING: Message(N_("falling")),
}
LEVEL_NAMES = {
    "curious": Message(N_("Curious")),
    "would_take_part": Message(N_("Would take part")),
    "would_pay": Message(N_("Would take part and pay")),
    EMPLOYERS: Message(N_("Employers' people")),
    SEARCHES: Message(N_("Searches in vain")),
    "organisation": Message(N_("Employers' people")),
}


@dataclass(frozen=True)
class Choice:
    """What the page is narrowed to: a field, and one value of one other thing; empty where nothing was chosen."""

    field: str = ""
    table: str = ""
    value: str = ""


@blueprint.get(f"/{LANG}/demand")
def demand() -> str:
    tables = services().demand.current()
    choice, notices = _read_choice()
    return render_template(
        "demand/demand.html",
        tables=tables,
        choice=choice,
        notices=[notice.render(gettext) for notice in notices],
        selects=[("field", gettext("Field"), _fields()), *((table, name, _values(table)) for table, name in _names())],
        gaps=_gaps(tables, choice) if tables else [],
        wishes=_wishes(tables, choice) if tables else [],
        words=tables.words()[:_SHOWN_WORDS] if tables else [],
        heat=_heat_map(tables) if tables else None,
        noindex=bool(request.args),
        **_words(),
    )


@blueprint.get(f"/{LANG}/demand/method")
def method() -> str:
    tables = services().demand.current()
    return render_template(
        "demand/method.html",
        weights=services().demand.weights,
        conversion=services().demand.conversion,
        beliefs=tables.build.beliefs if tables else services().demand.conversion.prior,
        minimum=tables.build.minimum if tables else services().settings.demand_minimum,
        **_words(),
    )


@blueprint.get(f"/{LANG}/demand.csv")
def as_csv() -> Response:
    return _file(to_csv(_tables().build, cell_names), "text/csv; charset=utf-8", "csv")


@blueprint.get(f"/{LANG}/demand.xlsx")
def as_xlsx() -> Response:
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(to_xlsx(_tables().build, cell_names, gettext("Demand")), media, "xlsx")


@blueprint.get(f"/{LANG}/demand.atom")
def feed() -> Response:
    """One entry a quarter: the fields that most was asked of."""
    tables = _tables()
    entries = [
        (name, sorted(((line.quarters[name], line.cell.field) for line in tables.by_field() if line.quarters[name]), reverse=True))
        for name in reversed(tables.quarters)
    ]  # fmt: skip
    text = render_template("feeds/demand.xml", tables=tables, entries=entries, **_words())
    return Response(text, content_type="application/atom+xml; charset=utf-8")


def cell_names(cell: Cell) -> tuple[str, str]:
    """Names of a cell's field and value in the language of the page."""
    codes = services().codes
    field = codes.label("fields", cell.field, language()) if cell.field else ""
    if cell.table == "scope" and cell.value in SCOPE_LABELS:
        return field, SCOPE_LABELS[cell.value].render(gettext)
    if cell.table == "language" and cell.value == OTHER_LANGUAGE:
        return field, gettext("other languages")
    lists = {"region": "regions", "language": "languages", "mode": "modes"}
    return field, codes.label(lists[cell.table], cell.value, language()) if cell.table in lists else cell.value


def search_link(cell: Cell) -> str:
    """The search for what is offered in a cell."""
    chosen = {"field": cell.field, cell.table: cell.value}
    return url_for(
        "search.results", **{name: value for name, value in chosen.items() if value != OTHER_LANGUAGE and value}
    )


def quarter_name(name: str) -> str:
    """`2026-Q4` → 10–12/2026, in English Oct–Dec 2026."""
    year, number = name[:4], int(name[-1])
    if language() == "en":
        return f"{('Jan–Mar', 'Apr–Jun', 'Jul–Sep', 'Oct–Dec')[number - 1]} {year}"
    return f"{number * 3 - 2}–{number * 3}/{year}"


def heat_step(people: int) -> int:
    """0 (hidden) to 5."""
    return next((step for least, step in _HEAT if people >= least), 0)


def _words() -> dict[str, object]:
    return {
        "cell_names": cell_names,
        "search_link": search_link,
        "quarter_name": quarter_name,
        "heat_step": heat_step,
        "level_names": {name: message.render(gettext) for name, message in LEVEL_NAMES.items()},
        "trend_names": {trend: message.render(gettext) for trend, message in TRENDS.items()},
        "table_names": dict(_names()),
        "levels": LEVELS,
    }


def _tables() -> Tables:
    return services().demand.current() or abort(404)


def _names() -> list[tuple[str, str]]:
    return [(table, message.render(gettext)) for table, message in TABLE_NAMES.items()]


def _fields() -> list[tuple[str, str]]:
    codes = services().codes
    return [(code, codes.label("fields", code, language())) for code in codes["fields"] if len(code) == 2]


def _values(table: str) -> list[tuple[str, str]]:
    return [(value, cell_names(Cell(table, "", value))[1]) for value in services().demand.axes()[table]]


def _read_choice() -> tuple[Choice, list[Message]]:
    """The choice in the address; what is not known, or more than can be shown at once, becomes a notice."""
    notices = []
    chosen: dict[str, str] = {}
    known = {"field": _fields(), **{table: _values(table) for table in TABLES}}
    for name, values in known.items():
        value = request.args.get(name, "").strip()
        if value in dict(values):
            chosen[name] = value
        elif value:
            notices.append(
                Message(N_("We did not know the filter: {x}. We left it out."), {"x": f"{name}={value[:60]}"})
            )
    tables = [table for table in TABLES if table in chosen]
    if len(tables) > 1:
        used = TABLE_NAMES[tables[0]].render(gettext)
        notices.append(
            Message(N_("Figures are counted by field and one other thing at a time. We used: {x}."), {"x": used})
        )
    table = tables[0] if tables else ""
    return Choice(chosen.get("field", ""), table, chosen.get(table, "")), notices


def _gaps(tables: Tables, choice: Choice) -> list[Line]:
    """The widest gaps of all tables; of what was chosen also lines in which enough is offered."""
    chosen = (choice.table,) if choice.table else TABLES
    lines = tables.widest(*chosen, field=choice.field or None, value=choice.value or None)
    return [line for line in lines if line.gap > 0 or choice != Choice()][:_SHOWN_GAPS]


def _wishes(tables: Tables, choice: Choice) -> list[Wanted]:
    """Wishes that nobody has taken up yet and that fit the choice."""
    open_ = services().proposals.visible((State.OPEN, State.THRESHOLD_REACHED))
    return wanted(tables, [wish for wish in open_ if _fits(wish.wish, choice)])


def _fits(wish: object, choice: Choice) -> bool:
    field = services().codes.broad_field(wish.field)
    return choice.field in ("", field) and (not choice.table or getattr(wish, choice.table) in (None, choice.value))


def _heat_map(tables: Tables) -> tuple[list[str], list[tuple[str, list[int]]]]:
    """Fields, and for each region with figures its people by field (0: hidden)."""
    people = {line.cell: line.asked.people for line in tables.lines("region") if line.asked.people}
    fields = sorted({cell.field for cell in people})
    regions = sorted({cell.value for cell in people})
    return fields, [(r, [people.get(Cell("region", f, r), 0) for f in fields]) for r in regions]


def _file(content: bytes, media: str, ending: str) -> Response:
    built = _tables().build.built_at
    response = Response(content, content_type=media)
    day = day_in_helsinki(built).isoformat()
    response.headers["Content-Disposition"] = f"attachment; filename=osaset-demand-{day}.{ending}"
    response.set_etag(f"{ending}-{language()}-{built.timestamp():.0f}")  # a workbook is never the same bytes twice
    return response.make_conditional(request)
