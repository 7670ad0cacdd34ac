"""Tells whether the portal can do its work: database, index, and how far behind the index is."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.search.document import Reading
from portal.search.engine import Engine
from portal.store.catalog import CatalogStore


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `detail` is for the operator, in English."""

    name: str
    ok: bool
    detail: str


class Health:
    """Looks at the parts that serve requests; raises nothing."""

    def __init__(
        self, store: CatalogStore, engine: Engine, reading: Reading, schema_is_current: Callable[[], bool]
    ) -> None:
        self._reading = reading
        self._store = store
        self._engine = engine
        self._schema_is_current = schema_is_current

    def look(self) -> list[Finding]:
        return [self._try("database", self._database), self._try("index", self._index), self._words()]

    def _try(self, name: str, look: Callable[[], Finding]) -> Finding:
        try:
            return look()
        except Exception as error:  # whatever is broken is what this command is asked to tell
            return Finding(name, False, f"{type(error).__name__}: {error}".splitlines()[0])

    def _database(self) -> Finding:
        if not self._schema_is_current():
            return Finding("database", False, "The tables are not those of this version.")
        counts = self._store.counts()
        providers = len(self._store.providers())
        return Finding("database", True, f"{counts['published']} offerings published, {providers} providers")

    def _words(self) -> Finding:
        tiers = ", ".join(f"{code}: {language.tier}" for code, language in self._reading.analyzer.languages.items())
        return Finding("words", True, f"{tiers}; {len(self._reading.vocabulary)} concepts")

    def _index(self) -> Finding:
        position = self._engine.position()
        if position is None:
            return Finding("index", False, "There is no index. Run: portal index")
        if not self._engine.is_sound():
            return Finding(
                "index", False, "The index is damaged. It is made anew by the running portal, or by: portal index"
            )
        behind = self._store.revision() - position.seq
        if position.epoch != self._store.epoch():
            return Finding("index", False, "The index is of another store. Run: portal index")
        detail = f"{self._engine.generation()}, {self._engine.count()} offerings, {behind} changes behind"
        return Finding("index", True, detail)
