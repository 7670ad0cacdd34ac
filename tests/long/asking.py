"""Run as a process: answers each line (a text as JSON) with how the engine and the whole search took it, as JSON."""

import datetime as dt
import json
import sys

from portal import config
from portal.bootstrap import Services, build
from portal.model.query import SearchQuery
from portal.search.engine import Engine, Request
from portal.search.whoosh_engine import WhooshEngine
from portal.services.clock import HELSINKI

NOW = dt.datetime(2026, 11, 16, 12, 0, tzinfo=HELSINKI)


def main() -> None:
    settings = config.from_environment()
    engine = WhooshEngine(settings.data / "index")
    services = build(settings, now=lambda: NOW, engine=engine)
    for line in sys.stdin:
        text = json.loads(line)
        answer = {"engine": _engine(services, engine, text)} | _search(services, text)
        print(json.dumps(answer), flush=True)


def _engine(services: Services, engine: Engine, text: str) -> str:
    try:
        plan = services.searching.understand(SearchQuery(text=text))
        engine.search(Request(NOW.date(), plan))
        engine.position(), engine.count(), engine.generation()
        return "answered"
    except Exception as error:
        return _name(error)


def _search(services: Services, text: str) -> dict:
    try:
        found = services.searching.find(SearchQuery(text=text, size=10_000), services.searching.labels("fi", str))
    except Exception as error:
        return {"error": _name(error)}
    ids = sorted(hit.shown.id for hit in found.hits)
    return {"degraded": found.degraded, "notices": len(found.notices), "total": found.total, "ids": ids}


def _name(error: Exception) -> str:
    return type(error).__name__ if type(error).__name__ == "IndexMissing" else f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    main()
