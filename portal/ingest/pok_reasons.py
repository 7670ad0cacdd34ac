"""What the POK criteria miss in an offering, told as information; it goes in all the same."""

from portal.ingest.findings import Findings
from portal.model.criteria import RuleSet, evaluate
from portal.model.message import N_, Message
from portal.model.offering import Offering
from portal.model.problem import Severity
from portal.model.provider import Provider

_REASONS: dict[str, tuple[str, Message, Message]] = {
    "learning_outcomes": (
        "learning_outcomes",
        Message(N_("The learning outcomes are not described.")),
        Message(N_("Write what the learner knows or can do afterwards.")),
    ),
    "scope": (
        "ects",
        Message(N_("The scope is not stated, or is not one of a micro-credential.")),
        Message(N_("Write the credits as a number, for example 5.")),
    ),
    "assessment": (
        "assessment",
        Message(N_("It is not stated how learning is assessed.")),
        Message(N_("Write the methods, for example exam, and the supervision or a description.")),
    ),
    "certificate": (
        "certificate",
        Message(N_("There is no shareable electronic certificate.")),
        Message(N_("If there is one, write digital as its type and true as shareable.")),
    ),
    "quality_assurance": (
        "quality_assurance",
        Message(N_("Quality assurance is not stated. Universities must state it.")),
        Message(N_("Describe how quality is assured, or give the address of a page that does.")),
    ),
}
"""Key path, sentence and remedy by the id of the criterion; a test holds them to the criteria."""


def tell_missing_criteria(offering: Offering, provider: Provider, rules: RuleSet, findings: Findings) -> None:
    for check in evaluate(rules, offering, provider).checks:
        if check.status == "missing":
            findings.add(Severity.INFO, *_REASONS[check.criterion.id])
