"""What learners say after a run, what keeps searchers from choosing, and reports of what is wrong."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from portal.model.form import Fields
from portal.model.message import N_, Message

ANSWERS = {
    "yes": Message(N_("Yes")),
    "partly": Message(N_("Partly")),
    "no": Message(N_("No")),
}

UNSUITABLE_REASONS = {
    "level": Message(N_("Level")),
    "time": Message(N_("Time")),
    "language": Message(N_("Language")),
    "price": Message(N_("Price")),
    "place": Message(N_("Place")),
    "content": Message(N_("Content")),
}

REPORT_REASONS = {
    "wrong": Message(N_("Something is wrong")),
    "outdated": Message(N_("Something is outdated")),
    "link": Message(N_("A link does not work")),
    "unfit": Message(N_("This does not belong here")),
}


@dataclass(frozen=True)
class Feedback:
    """Three answers: did it meet its outcomes, would you recommend it (each yes, partly or no), what next."""

    outcomes_met: str
    recommends: str
    next: str = ""


@dataclass(frozen=True)
class Report:
    """Something that a reader found wrong or outdated."""

    reason: str
    text: str = ""


def read_feedback(sent: Mapping[str, str], today: dt.date) -> Feedback:
    """From the fields outcomes_met, recommends and next; raises Rejected."""
    fields = Fields(sent, today)
    feedback = Feedback(
        fields.choice("outcomes_met", ANSWERS, needed=True) or "",
        fields.choice("recommends", ANSWERS, needed=True) or "",
        fields.text("next", 500, lines=True),
    )
    fields.done()
    return feedback


def read_report(sent: Mapping[str, str], today: dt.date) -> Report:
    """From the fields reason and text; raises Rejected."""
    fields = Fields(sent, today)
    report = Report(fields.choice("reason", REPORT_REASONS, needed=True) or "", fields.text("text", 1000, lines=True))
    fields.done()
    return report
