"""Splits a compound into words that a dictionary knows."""

from collections.abc import Callable, Iterable

_SHORTEST_LAST = 3
_MOST_PARTS = 4


def split(
    word: str,
    last: Callable[[str], str | None],
    first: Callable[[str], Iterable[str]],
    *,
    shortest: int = 4,
    short: frozenset[str] = frozenset(),
    link: str = "",
) -> tuple[str, ...]:
    """Base forms of the parts, first to last; empty when the word cannot be split into known words.

    last: base form of an inflected last part, or None. first: base forms that a part before another may stand for.
    Parts shorter than `shortest` letters count only when they are among `short`. The fewest parts win, then a
    last part in its base form (mat + svinn, not mat-s-vinn of vinna), then those joined by `link` (dataskydd-s-lag, not
    data-skydd-slag), then the longest last part: tekoälytyökalut is tekoäly + työkalu.
    """
    best: dict[int, tuple[tuple[int, bool, int], tuple[str, ...]]] = {}  # begin of the rest → its cost, its base forms
    for begin in range(len(word) - _SHORTEST_LAST, -1, -1):
        rest = word[begin:]
        base = last(rest) if begin > 0 and _fits(rest, shortest, short) else None
        if base:
            best[begin] = ((1, base != rest, 0), (base,))
            continue
        for middle in sorted(best):
            (count, inflected, links), bases = best[middle]
            part = word[begin:middle]
            if count >= _MOST_PARTS or len(part) < 2:
                continue
            base = next((b for b in first(part) if _fits(b, shortest, short)), None)
            if base:
                cost = (count + 1, inflected, links - bool(link and part == base + link))
                if begin not in best or cost < best[begin][0]:
                    best[begin] = (cost, (base, *bases))
    return best[0][1] if 0 in best else ()


def _fits(part: str, shortest: int, short: frozenset[str]) -> bool:
    return len(part) >= shortest or part in short


def with_joined(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The parts and every run of neighbours but the whole: teko, äly, työ, kalu → also tekoäly, työkalu …"""
    count = len(parts)
    runs = ["".join(parts[i:j]) for length in range(2, count) for i in range(count - length + 1) for j in (i + length,)]
    return tuple(dict.fromkeys((*parts, *runs)))
