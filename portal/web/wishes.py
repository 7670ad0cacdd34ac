"""A wish as it is shown among demand: how many stand behind it, at least, and how many would come."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.model.proposal import Proposal
from portal.services.demand.forecasting import Forecast
from portal.services.demand.tables import Single, Tables
from portal.web.current import services

_SHOWN = 10


@dataclass(frozen=True)
class Wanted:
    """One wish with its published figures; `forecast` for the group it needs."""

    proposal: Proposal
    single: Single
    forecast: Forecast


def wanted(tables: Tables, proposals: Iterable[Proposal], most: int = _SHOWN) -> list[Wanted]:
    """Wishes with enough people to be shown, the most shared first."""
    found = []
    for proposal in proposals:
        single = tables.single("proposal", proposal.id)
        field = services().codes.broad_field(proposal.wish.field)
        expected = tables.forecast(single, field, proposal.wish.group_size)
        if expected:
            found.append(Wanted(proposal, single, expected))
    return sorted(found, key=lambda item: (-item.single.people - item.single.seats, item.proposal.id))[:most]
