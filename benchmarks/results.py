"""What one run measured, as values."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.comparing import Agreement, Measured
from benchmarks.over_http import Served

OURS = "Osaset"


@dataclass
class SizeResult:
    """All that was measured with one number of offerings. `memory`: resident, own and peak bytes of a worker."""

    size: int
    ordinary: dict[str, Measured] = field(default_factory=dict)
    misspelt: dict[str, Measured] = field(default_factory=dict)
    index_seconds: dict[str, float] = field(default_factory=dict)
    agreements: list[Agreement] = field(default_factory=list)
    memory: tuple[int, int, int] = (0, 0, 0)
    cold_start: dict[str, float] = field(default_factory=dict)
    http: list[Served] = field(default_factory=list)


@dataclass(frozen=True)
class Results:
    """A whole run. `empty`: the memory of a worker without offerings; `load` of the machine when it began."""

    tier: str
    load: float
    empty: tuple[int, int, int]
    sizes: Sequence[SizeResult]

    def at(self, size: int) -> SizeResult | None:
        return next((one for one in self.sizes if one.size == size), None)
