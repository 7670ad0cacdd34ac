"""What a process costs: index time, cold start and memory of a worker, each measured in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from portal import config
from portal.config import Settings

_LIMIT = 3_600
_INDEX = """
import json, sys
from portal import config
from portal.bootstrap import build
indexed = build(config.from_environment()).indexer.bring_up_to_date(rebuild=True)
print(json.dumps([indexed.documents, indexed.seconds]))
"""
_START = """
import json, sys, time
began = time.perf_counter()
import logging
from portal.serving import application
imported = time.perf_counter()
client = application().test_client()
logging.getLogger("portal").setLevel("ERROR")
built = time.perf_counter()
assert client.get(sys.argv[1]).status_code == 200
print(json.dumps([imported - began, built - imported, time.perf_counter() - built]))
"""
_MEMORY = """
import gc, json, sys
from portal.model.query import SearchQuery
from portal import config
from portal.bootstrap import build
services = build(config.from_environment())
for text, language, filters in json.load(sys.stdin):
    query = SearchQuery(text, {k: tuple(v) for k, v in filters.items()}, language=language)
    services.searching.find(query, services.searching.labels(language, str))
gc.collect()
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(json.dumps([int(status[name].split()[0]) * 1024 for name in ("VmRSS", "RssAnon", "VmHWM")]))
"""


def index_seconds(settings: Settings, *, first_time: bool) -> float:
    """Seconds of a full rebuild on one core; `first_time`: dictionaries and word caches must be made, too."""
    if first_time:
        shutil.rmtree(settings.data / "words", ignore_errors=True)
    return _run(settings, _INDEX, one_core=True)[1]


def cold_start(settings: Settings) -> dict[str, float]:
    """Seconds from starting a process to its first page of results, and the parts; the best of three."""
    runs = []
    for _ in range(3):
        began = time.perf_counter()
        imports, build, first = _run(settings, _START, "/fi/search?q=johtaminen")
        runs.append({"all": time.perf_counter() - began, "imports": imports, "build": build, "first page": first})
    return min(runs, key=lambda run: run["all"])


def memory(settings: Settings, queries: Sequence[tuple]) -> tuple[int, int, int]:
    """Bytes of a process that has answered the queries: resident, of that its own (not files), and its peak."""
    return tuple(_run(settings, _MEMORY, said=json.dumps(queries)))


def environment(settings: Settings) -> dict[str, str]:
    """For processes that measure: no caches, no limits, the same analysis as here, modules compiled as in a wheel."""
    told = {"PORTAL_SEARCH_RATE": "off", "PORTAL_CACHE": "off", "PORTAL_VOIKKO": "on" if settings.voikko else "off"}
    told |= {"PYTHONDONTWRITEBYTECODE": ""}
    paths = [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    return config.environment_of(settings) | told | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}


def _run(settings: Settings, code: str, *arguments: str, said: str = "", one_core: bool = False) -> list[float]:
    command = [sys.executable, "-W", "ignore", "-c", code, *arguments]
    pinned = (lambda: os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})) if one_core else None
    ran = subprocess.run(
        command,
        env=environment(settings),
        input=said,
        capture_output=True,
        text=True,
        timeout=_LIMIT,
        preexec_fn=pinned,
    )
    if ran.returncode:
        raise RuntimeError(ran.stderr[-2000:])
    return json.loads(ran.stdout.splitlines()[-1])
