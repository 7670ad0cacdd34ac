"""Files sent to a running site: hostile ones end in a sentence, large ones in a report, and others are answered meanwhile."""

import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from factories import make_offering, make_provider

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[1] / "ingest")]

from hostile import HOSTILE
from real_server import Server
from sending import HttpSender, memory_of_work

from portal.bootstrap import build
from portal.model.upload import UploadState

ROWS = 10_000
_MOST_MEBIBYTES = 400
_SECONDS = 30.0

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Memory of others is read from /proc."),
]


@pytest.fixture
def portal(settings):
    services = build(replace(settings, base_url=""))
    services.store.save_providers([make_provider(), make_provider(id="aalto"), make_provider(id="sivis")])
    services.store.save([(make_offering(), {})])
    yield services
    services.database.close()


@pytest.fixture
def server(portal):
    running = Server(portal.settings.data, portal.settings.secret_key, workers=1)
    running.start()
    yield running
    running.stop()


def large_table(path: Path) -> None:
    """Half of the rows have a fault that leaves them out."""
    head = "code;title_fi;title_sv;description_fi;learning_outcomes_fi;ects;field;languages;price;run_id;run_start;run_mode"
    text = "Kurssilla opitaan, miten mehiläisiä hoidetaan vuoden ympäri ja miten hunaja otetaan talteen. " * 5
    rows = (
        f"K-{n};Mehiläishoito {n};Biskötsel {n};{text};Osaat hoitaa mehiläisiä.;{'viisi' if n % 2 else '2,5'};0811;fi;75,50;"
        f"k{n};12.1.2027;{'online' if n % 4 else 'kotona'}"
        for n in range(ROWS)
    )
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")


def test_ten_thousand_rows_are_reported_while_others_are_answered(portal, server, tmp_path):
    sender = HttpSender(portal, server.port, "helsinki")
    large_table(tmp_path / "large.csv")
    memory: dict[int, float] = {}
    waits: list[float] = []

    def look() -> None:
        memory.update(
            {pid: max(memory.get(pid, 0), most) for pid, most in memory_of_work(portal.settings.data).items()}
        )
        began = time.monotonic()
        status, _ = sender.ask("GET", "/en/search?q=tekoaly")
        assert status == 200
        waits.append(time.monotonic() - began)

    item, seconds = sender.wait(sender.send(tmp_path / "large.csv"), look)
    waits.sort()
    print(
        f"\n{ROWS} rows: report after {seconds:.1f} s, at most {max(memory.values()):.0f} MiB; "
        f"{len(waits)} searches meanwhile, p50 {waits[len(waits) // 2] * 1000:.0f} ms, slowest {waits[-1] * 1000:.0f} ms"
    )
    assert item.state is UploadState.CHECKED
    assert item.counts["left_out"] >= ROWS // 2 and item.counts["new"] + item.counts["left_out"] == ROWS
    assert seconds <= _SECONDS and max(memory.values()) <= _MOST_MEBIBYTES
    status, page = sender.ask("GET", f"/en/desk/files/{item.id}?page=100")
    assert status == 200 and "Page 100 of" in page


@pytest.mark.parametrize(
    "name",
    ["laughs.xlsx", "outside_file.xlsx", "too_large.xlsx", "many_parts.xlsx", "deep.json", "wide.csv", "digits.csv",
     "deep_line.jsonl", "huge_exponent.jsonl", "not_a_zip.xlsx"],
)  # fmt: skip
def test_a_hostile_file_ends_in_a_sentence(portal, server, tmp_path, name):
    sender = HttpSender(portal, server.port, "helsinki")
    HOSTILE[name](tmp_path / name)
    item, seconds = sender.wait(sender.send(tmp_path / name))
    print(f"\n{name}: {seconds:.1f} s, {item.state}: {item.error.in_english() if item.error else dict(item.counts)}")
    assert item.error is not None if item.state is UploadState.FAILED else item.counts["left_out"]
    status, page = sender.ask("GET", f"/en/desk/files/{item.id}")
    assert status == 200 and ("This did not work" in page or "left out" in page)
    assert "Traceback" not in server.log.read_text()


def test_work_that_was_killed_is_noticed_and_goes_on_when_asked(portal, server, tmp_path):
    sender = HttpSender(portal, server.port, "helsinki")
    large_table(tmp_path / "large.csv")
    upload_id = sender.send(tmp_path / "large.csv")
    while not portal.uploads.all("helsinki")[0].done:
        time.sleep(0.05)
    for process in memory_of_work(portal.settings.data):
        os.kill(process, signal.SIGKILL)
    while not portal.uploads.shown("helsinki", upload_id).was_interrupted:
        time.sleep(0.05)
    assert "The work on the file broke off." in sender.ask("GET", f"/en/desk/files/{upload_id}")[1]
    portal.uploads.again("helsinki", upload_id)
    item, _ = sender.wait(upload_id)
    assert item.state is UploadState.CHECKED and item.counts["new"] + item.counts["left_out"] == ROWS


def test_files_of_many_providers_take_their_turns(portal, server, tmp_path):
    (tmp_path / "a.csv").write_text("code;title_fi\nA;Mehiläiset\n", encoding="utf-8")
    senders = [HttpSender(portal, server.port, provider) for provider in ("helsinki", "aalto", "sivis")]
    sent = [(sender, sender.send(tmp_path / "a.csv")) for sender in senders]
    assert [sender.wait(upload_id)[0].state for sender, upload_id in sent] == [UploadState.CHECKED] * 3
