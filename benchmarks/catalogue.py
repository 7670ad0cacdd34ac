"""Measures import, index, search page and memory: `python -m benchmarks.catalogue [--offerings N | --files FILE…]`.

Without files it works on N offerings made from the examples, so that it runs anywhere. Times are medians and 95th
percentiles within one process, caches of pages and results off.
"""

import argparse
import contextlib
import copy
import io
import json
import logging
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from portal import config, resources
from portal.bootstrap import Services, build
from portal.web import create_app

SEARCHES = (
    "", "q=tekoäly", "q=data+analysis", "q=johtaminen&field=04", "scope=5-9&mode=online", "q=python&language=en&language=fi",
    "field=06&field=04&scope=1-4&scope=5-9&start=6m", "sort=title&page=3", "q=hållbar+utveckling", "provider_type=university&price=free",
)  # fmt: skip
_ROUNDS = 20


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        settings = config.from_environment(
            {"PORTAL_DATA": str(root / "data"), "PORTAL_SECRET_KEY": "x" * 40, "PORTAL_CACHE": "off"}
        )
        settings = replace(settings, search_rate="off")
        services = build(settings)
        services.importing.providers(resources.folder("catalog_data") / "providers.csv")
        if arguments.providers:
            services.importing.providers(arguments.providers)
        files = arguments.files or [_made_up(root / "made-up.jsonl", arguments.offerings)]
        seconds, taken_in, left_out = _import(services, files)
        print(f"import: {taken_in} offerings in {seconds:.1f} s, {left_out} left out")
        indexed = services.indexer.bring_up_to_date()
        print(f"index: {indexed.documents} offerings in {indexed.seconds:.1f} s")
        _search_page(services)
        _worker_memory(settings)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offerings", type=int, default=5_000)
    parser.add_argument("--files", nargs="*", type=Path, help="import these instead")
    parser.add_argument("--providers", type=Path, help="providers.csv that goes with --files")
    return parser.parse_args()


def _made_up(path: Path, number: int) -> Path:
    """The examples again and again under other codes, until there are enough."""
    sources = sorted((resources.folder("catalog_data") / "offerings").glob("*.json"))
    examples = [offering for source in sources for offering in json.loads(source.read_text())["offerings"]]
    with path.open("w") as file:
        for n in range(number):
            offering = copy.deepcopy(examples[n % len(examples)])
            offering["code"] = f"{offering['code']}-{n}"
            file.write(json.dumps(offering) + "\n")
    return path


def _import(services: Services, files: list[Path]) -> tuple[float, int, int]:
    began, taken_in, left_out = time.perf_counter(), 0, 0
    for file in files:
        report = services.importing.offerings(file)
        taken_in += report.offerings["new"]
        left_out += report.offerings["left_out"]
    return time.perf_counter() - began, taken_in, left_out


def _search_page(services: Services) -> None:
    app = create_app(services)
    logging.getLogger("portal").setLevel(logging.ERROR)
    client = app.test_client()
    client.get("/fi/search")
    times = []
    for _ in range(_ROUNDS):
        for search in SEARCHES:
            began = time.perf_counter()
            with contextlib.redirect_stderr(io.StringIO()):
                answer = client.get(f"/fi/search?{search}")
            times.append((time.perf_counter() - began) * 1000)
            assert answer.status_code == 200
    p95 = statistics.quantiles(times, n=20)[-1]
    print(
        f"search page: median {statistics.median(times):.1f} ms, p95 {p95:.1f} ms, slowest {max(times):.1f} ms ({len(times)} requests)"
    )


def _worker_memory(settings: config.Settings) -> None:
    """Peak memory of a process of its own that serves every search once, as a worker does."""
    code = (
        "import logging\n"
        "from portal.serving import application\n"
        "client = application().test_client(); logging.getLogger('portal').setLevel('ERROR')\n"
        f"for search in {SEARCHES!r}: client.get('/fi/search?' + search)\n"
        # Not ru_maxrss: a child starts with its parent's peak.
        "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1])"
    )
    environment = config.environment_of(settings) | {"PORTAL_SEARCH_RATE": "off"}
    peak = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    print(f"worker: {int(peak.stdout) // 1024} MiB at its peak")


if __name__ == "__main__":
    main()
