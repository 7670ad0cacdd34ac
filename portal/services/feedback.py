"""Asks learners how a run was, tells providers, and shows the public what at least five have said."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.model.contact import Subject
from portal.model.feedback import Feedback
from portal.services.clock import Clock
from portal.services.links import Linked, Links
from portal.services.writing import GroupCommit
from portal.store.opinions import OpinionStore

MIN_ANSWERS = 5


@dataclass(frozen=True)
class FeedbackSummary:
    """What learners said. `answers`: of so many, a multiple of five. Shares in per cent, to the nearest ten.

    The public summary changes only when five more have answered, so that no two of them tell what one person said.
    """

    answers: int
    outcomes_met: int
    recommends: int


@dataclass(frozen=True)
class GivenFeedback:
    """What learners of one offering said, for its provider: `summary` as everybody sees it, and what the same people
    would like to learn next, in alphabetical order so that nobody's answers can be put together."""

    offering: str
    summary: FeedbackSummary
    next: tuple[str, ...]


class GivingFeedback:
    """Feedback by link. The link stands for one person and one offering, and is answered once."""

    def __init__(self, opinions: OpinionStore, links: Links, writer: GroupCommit, clock: Clock) -> None:
        self._opinions = opinions
        self._links = links
        self._writer = writer
        self._clock = clock

    def about(self, token: str) -> str:
        """The id of the offering that a `feedback` link asks about; raises Refused."""
        return self._links.read("feedback", token).subject

    def give(self, token: str, item: Feedback, *, language: str) -> bool:
        """Keep an answer; False when this link was answered before, and the first answer stays. Raises Refused."""
        linked, at = self._links.read("feedback", token), self._clock()
        return self._writer.do(
            lambda transaction: self._opinions.save_feedback(
                transaction, linked.contact, linked.subject, item, language, at
            )
        )

    def public(self, offering_id: str) -> FeedbackSummary | None:
        """What everybody may see: None under five answers."""
        return _summary(_enough(self._opinions.feedback_of(offering_id)))

    def of_provider(self, provider_id: str) -> list[GivenFeedback]:
        """For the provider's desk: offerings with at least five answers, the most answered first."""
        found = []
        for offering_id, answers in self._opinions.feedback_of_provider(provider_id).items():
            counted = _enough(answers)
            if summary := _summary(counted):
                wishes = {item.next for item in counted if item.next}
                found.append(GivenFeedback(offering_id, summary, tuple(sorted(wishes, key=str.casefold))))
        return sorted(found, key=lambda item: (-item.summary.answers, item.offering))

    @staticmethod
    def linked(contact: str, offering_id: str) -> Linked:
        return Linked(contact, contact, Subject.OFFERING, offering_id)


def _enough(answers: Sequence[Feedback]) -> Sequence[Feedback]:
    """As many of the first answers as may be counted: a multiple of five."""
    return answers[: len(answers) // MIN_ANSWERS * MIN_ANSWERS]


def _summary(answers: Sequence[Feedback]) -> FeedbackSummary | None:
    if not answers:
        return None
    return FeedbackSummary(
        len(answers),
        _share([item.outcomes_met for item in answers]),
        _share([item.recommends for item in answers]),
    )


def _share(said: Sequence[str]) -> int:
    """Per cent of those who said yes, "partly" counting half, to the nearest ten."""
    points = sum({"yes": 2, "partly": 1}.get(answer, 0) for answer in said)
    return round(points / (2 * len(said)) * 10) * 10
