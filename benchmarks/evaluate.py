"""Tells how good the search is: `python -m benchmarks.evaluate [--set tuning|held_out|both] [--yso FOLDER]`.

Runs the graded queries of `tests/evaluation/` on the example catalogue and prints figures for each class, beside plain
Whoosh on the same data. Grades: 3 exactly what was asked, 2 clearly useful, 1 related. A grade g is worth 2^g - 1, and
the ideal order is made of all graded offerings. What is shown is the first page of results and then the related ones.
The shares count queries that somebody's offering answers; queries that no offering answers (class unmet) are only asked
whether anything was shown as a confident hit. Single queries are shown of the tuning set alone.
"""

import argparse
import json
import logging
import math
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from portal import config, resources
from portal.bootstrap import Services, build
from portal.model.catalog import slug
from portal.services.parameters import read_query

SETS = ("tuning", "held_out")
CLASSES = (
    "exact", "inflected", "compound", "diacritics", "typo", "synonym", "cross-language", "multiword", "provider", "ects",
    "code", "unmet",
)  # fmt: skip
_FOLDER = Path(__file__).resolve().parents[1] / "tests" / "evaluation"
_SIZE = 20
_FIRST = 10
_WORST = 30


@dataclass(frozen=True)
class Query:
    """A line of the test set; `relevant`: id of an offering → grade."""

    set: str
    kind: str
    text: str
    language: str
    relevant: Mapping[str, int]


@dataclass(frozen=True)
class Shown:
    """Ids of offerings in the order shown: confident hits, then the related ones under a heading of their own."""

    hits: tuple[str, ...]
    related: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figures:
    """Means over `n` queries; None where no query of the class can tell."""

    n: int
    ndcg: float | None
    recall: float | None
    empty_pages: float | None
    confident_misses: float | None
    false_hits: float | None


Search = Callable[[Query], Shown]


def main() -> None:
    arguments = _arguments()
    names = SETS if arguments.set == "both" else (arguments.set,)
    results = evaluate(names, arguments.yso)
    print(f"{'':15}{'':>5} {'this search':^44}   {'plain Whoosh':^44}")
    print(f"{'class':15}{'n':>5}" + 2 * "  nDCG@10 recall@20  empty  misses   false ")
    for kind in results["ours"]:
        ours, plain = results["ours"][kind], results["plain"][kind]
        print(f"{kind:15}{ours.n:5}{_columns(ours)}{_columns(plain)}")
    if arguments.verbose:
        _print_worst(results["pages"])
    if arguments.json:
        tables = {side: {kind: asdict(f) for kind, f in results[side].items()} for side in ("ours", "plain")}
        arguments.json.write_text(json.dumps({"sets": names, **tables}, indent=2) + "\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=(*SETS, "both"), default="both")
    parser.add_argument("--yso", type=Path, help="folder with vocabulary files, given to `portal vocabulary` first")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    parser.add_argument("--verbose", action="store_true", help="show the worst queries of the tuning set")
    return parser.parse_args()


def read_set(name: str) -> list[Query]:
    lines = (_FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [Query(name, row["class"], row["query"], row["language"], row["relevant"]) for row in rows]


def example_offerings() -> dict[str, dict]:
    """The example offerings as their files have them, by id."""
    files = sorted((resources.folder("catalog_data") / "offerings").glob("*.json"))
    offerings = [one for file in files for one in json.loads(file.read_text(encoding="utf-8"))["offerings"]]
    return {slug(one["provider"], one["code"]): one for one in offerings}


def evaluate(names: Iterable[str], yso: Path | None = None) -> dict:
    """Figures by class of this search (`ours`) and of plain Whoosh (`plain`), and what ours showed (`pages`)."""
    queries = [query for name in names for query in read_set(name)]
    logging.getLogger("portal").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        services = _services(Path(folder) / "data", yso)
        try:
            pages = [(query, _find(services, query)) for query in queries]
        finally:
            services.database.close()
        plain = _plain_whoosh(Path(folder) / "plain")
        plain_pages = [(query, plain(query)) for query in queries]
    return {"ours": by_class(pages), "plain": by_class(plain_pages), "pages": pages}


def _services(data: Path, yso: Path | None) -> Services:
    """The portal with the example catalogue, indexed; with the labels of `yso` when there is such a folder."""
    settings = config.from_environment({"PORTAL_DATA": str(data), "PORTAL_SECRET_KEY": "x" * 40, "PORTAL_CACHE": "off"})
    services = build(settings)
    services.demo.load()
    if yso:
        # By the command, as an editor does it, and before this process reads its vocabulary.
        services.database.close()
        files = sorted(path for path in yso.iterdir() if path.suffix in (".tsv", ".ttl"))
        command = [sys.executable, "-W", "ignore", "-m", "portal", "vocabulary", *map(str, files)]
        subprocess.run(command, env=config.environment_of(settings), check=True, stdout=subprocess.DEVNULL)
        services = build(settings)
    services.indexer.bring_up_to_date()
    return services


def _find(services: Services, query: Query) -> Shown:
    labels = services.searching.labels(query.language, str)
    asked, _ = read_query([("q", query.text), ("size", str(_SIZE))], labels)
    answer = services.searching.find(asked, labels)
    related = getattr(answer, "related", ())
    return Shown(tuple(hit.shown.id for hit in answer.hits), tuple(hit.shown.id for hit in related))


def _plain_whoosh(folder: Path) -> Search:
    """Whoosh as its tutorial has it: standard analysis, four text fields, all words optional."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from whoosh import fields, index, qparser
    names = ("title", "summary", "description", "outcomes")
    folder.mkdir()
    made = index.create_in(folder, fields.Schema(id=fields.ID(stored=True), **{name: fields.TEXT() for name in names}))
    writer = made.writer()
    for key, offering in example_offerings().items():
        texts = {name: " ".join(offering.get(name, {}).values()) for name in names[:3]}
        outcomes = " ".join(text for one in offering.get("learning_outcomes", []) for text in one.values())
        writer.add_document(id=key, outcomes=outcomes, **texts)
    writer.commit()
    searcher = made.searcher()
    parser = qparser.MultifieldParser(names, made.schema, group=qparser.OrGroup)
    return lambda query: Shown(tuple(hit["id"] for hit in searcher.search(parser.parse(query.text), limit=_SIZE)))


def by_class(pages: Sequence[tuple[Query, Shown]]) -> dict[str, Figures]:
    """Figures of every class that was asked, in the usual order, and of all together."""
    kinds = [kind for kind in CLASSES if any(query.kind == kind for query, _ in pages)]
    table = {kind: figures([page for page in pages if page[0].kind == kind]) for kind in kinds}
    return table | {"all": figures(pages)}


def figures(pages: Sequence[tuple[Query, Shown]]) -> Figures:
    met = [page for page in pages if page[0].relevant]
    unmet = [shown for query, shown in pages if not query.relevant]
    return Figures(
        n=len(pages),
        ndcg=_mean(ndcg(query, shown) for query, shown in met),
        recall=_mean(recall(query, shown) for query, shown in met),
        empty_pages=_mean(not shown.hits and not shown.related for _, shown in met),
        confident_misses=_mean(is_confident_miss(query, shown) for query, shown in met),
        false_hits=_mean(bool(shown.hits) for shown in unmet),
    )


def ndcg(query: Query, shown: Shown) -> float:
    """How near the first ten come to the best possible order, 1 being the best."""
    grades = [query.relevant.get(key, 0) for key in _in_order(shown)]
    return _gain(grades) / _gain(sorted(query.relevant.values(), reverse=True))


def recall(query: Query, shown: Shown) -> float:
    """The share of fitting offerings among the first twenty; where more than twenty fit, twenty are all."""
    found = sum(key in query.relevant for key in _in_order(shown)[:_SIZE])
    return found / min(_SIZE, len(query.relevant))


def is_confident_miss(query: Query, shown: Shown) -> bool:
    return bool(shown.hits) and not any(key in query.relevant for key in shown.hits[:_FIRST])


def _in_order(shown: Shown) -> list[str]:
    """Hits, then related, each offering once."""
    return list(dict.fromkeys((*shown.hits, *shown.related)))


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:_FIRST]))


def _mean(values: Iterable[float]) -> float | None:
    values = list(values)
    return sum(values) / len(values) if values else None


def _columns(of: Figures) -> str:
    shares = (of.empty_pages, of.confident_misses, of.false_hits)
    means = "".join(f"{'–':>9}" if value is None else f"{value:9.3f}" for value in (of.ndcg, of.recall))
    return means + "".join(f"{'–':>8}" if value is None else f"{value:8.1%}" for value in shares) + "  "


def _print_worst(pages: Sequence[tuple[Query, Shown]]) -> None:
    """The worst queries of the tuning set; the held-out ones stay unread."""
    tuning = [page for page in pages if page[0].set == "tuning"]
    wrong = [page for page in tuning if not page[0].relevant and page[1].hits]
    met = sorted(((ndcg(*page), page) for page in tuning if page[0].relevant), key=lambda scored: scored[0])
    print("\nWorst of the tuning set:")
    for query, shown in wrong:
        print(f"  false  {query.kind:15}{query.language}  {query.text}\n         shown: {' '.join(shown.hits[:3])}")
    for score, (query, shown) in met[:_WORST]:
        if score < 0.999:
            missing = [
                f"{key}={grade}" for key, grade in query.relevant.items() if key not in _in_order(shown)[:_FIRST]
            ]
            print(f"  {score:.3f}  {query.kind:15}{query.language}  {query.text}")
            print(f"         shown: {' '.join(_in_order(shown)[:3])}; not in the first ten: {' '.join(missing[:4])}")


if __name__ == "__main__":
    main()
