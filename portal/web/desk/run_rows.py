"""The runs of a draft as a table shows them, right or not."""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import ValidationError

from portal.model.offering import Run
from portal.model.offering_fields import RUN
from portal.services.draft_checking import FieldProblem
from portal.services.offering_form import in_form
from portal.web.cards import enrolment, place
from portal.web.current import language, services, today
from portal.web.formatting import run_time


@dataclass(frozen=True)
class RunRow:
    """One run: its number from 1, its id, and time, place and enrolment in words; `problems`: how many it has."""

    number: int
    id: str
    time: str
    place: str
    enrolment: str
    has_ended: bool
    problems: int


def run_rows(data: dict, problems: Iterable[FieldProblem]) -> list[RunRow]:
    """In the order of the data: their numbers name them."""
    counts: dict[int, int] = {}
    for problem in problems:
        if problem.run is not None:
            counts[problem.run] = counts.get(problem.run, 0) + 1
    runs = data.get("runs")
    return [_row(at, run, counts.get(at, 0)) for at, run in enumerate(runs if isinstance(runs, list) else [])]


def _row(at: int, data: dict, problems: int) -> RunRow:
    try:
        run = Run.model_validate(data)
    except ValidationError:
        typed = in_form(RUN, data, language())
        time = "–".join(filter(None, (typed["start"][0], typed["end"][0])))
        return RunRow(at + 1, typed["id"][0], time, "", "", False, problems)
    words, kind = enrolment(run, today())
    return RunRow(at + 1, run.id, run_time(run), place(run, services().codes), words, kind == "ended", problems)
