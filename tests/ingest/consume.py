"""Reads and checks one file in a process of its own, and says how it ended, how much work it was and how much memory.

`python consume.py FILE` prints JSON: outcome, seconds of the processor, and mebibytes above what the process had before it began.
"""

import json
import re
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

from codes_for_tests import CODES, PROVIDERS, RULES  # noqa: E402

from portal.ingest.checking import Checker  # noqa: E402
from portal.ingest.languages import detect_language  # noqa: E402
from portal.ingest.reading import read_records  # noqa: E402
from portal.model.errors import UnreadableFile  # noqa: E402


def forget_peak() -> None:
    """Loading the language model takes more memory for a moment than it keeps; that is not what is measured."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_mebibytes() -> float:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024


def consume(path: Path) -> dict[str, object]:
    records = offerings = problems = 0
    try:
        file = read_records(path)
        problems = len(file.problems)
        checker = Checker(CODES, PROVIDERS, RULES, "aalto")
        for record in file:
            checked = checker.check(record)
            records += 1
            offerings += checked.offering is not None
            problems += len(checked.problems)
    except UnreadableFile as error:
        return {"refused": str(error)}
    return {"records": records, "offerings": offerings, "problems": problems}


if __name__ == "__main__":
    detect_language("Tämä teksti lataa kielentunnistimen ennen mittausta, jotta se ei näy tuloksessa.")
    forget_peak()
    idle, began = peak_mebibytes(), time.process_time()
    outcome = consume(Path(sys.argv[1]))
    seconds = time.process_time() - began
    print(json.dumps({"outcome": outcome, "seconds": round(seconds, 2), "mebibytes": round(peak_mebibytes() - idle)}))
