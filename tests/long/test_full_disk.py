"""A full disk stops the taking in of changes and nothing else."""

import errno
import shutil
import subprocess
from dataclasses import replace

import generated
import pytest
from processes import Indexer, following, wait_until

from portal.bootstrap import build
from portal.search.generations import Generations
from portal.search.whoosh_engine import WhooshEngine

# Whoosh leaves its temporary files open when a commit fails; closing them cannot write either.
pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
SIZE = 40 * 2**20
LEFT = [0, 4_096, 65_536, 262_144, 524_288, 2 * 2**20]


@pytest.fixture
def disk(tmp_path):
    """A file system of 40 MiB in memory."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "osaset-test", folder], capture_output=True, text=True
    )
    if made.returncode:
        pytest.skip(f"A full disk is not tested: no tmpfs can be mounted here ({made.stderr.strip()}).")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def small_disk(disk, settings):
    """Settings whose index lies on the small disk, and the store elsewhere."""
    shutil.copytree(settings.data / "index", disk / "index")
    return replace(settings, search_url=f"whoosh:{disk / 'index'}")


@pytest.fixture
def services(small_disk, clock):
    built = build(small_disk, now=clock)
    yield built
    built.database.close()


def _fill(disk, left):
    """Leave so many bytes free."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4_096)):
                pass
        except OSError as error:
            assert error.errno == errno.ENOSPC
        file.truncate(max(0, file.tell() - left))
    return ballast


@pytest.mark.parametrize("rebuild", [False, True])
@pytest.mark.parametrize("left", LEFT)
def test_on_a_full_disk_publishing_fails_the_old_generation_answers_and_space_mends_it(
    services, disk, left, rebuild, ids_in, published
):
    engine, index = WhooshEngine(disk / "index"), disk / "index"
    before, name = ids_in(engine, services), Generations(index).current().name
    generations = set(index.glob("gen-*"))
    ballast = _fill(disk, left)
    services.store.save([(offering, {}) for offering in generated.offerings(40, first=5_000)])
    try:
        services.indexer.bring_up_to_date(rebuild=rebuild)
        written = True
    except OSError:
        written = False
    except Exception as error:
        pytest.fail(f"{type(error).__name__} instead of an OSError: {error}")
    if not written:
        assert Generations(index).current().name == name and WhooshEngine(index).is_sound()
        assert ids_in(engine, services) == ids_in(WhooshEngine(index), services) == before
        assert set(index.glob("gen-*")) <= generations, "what failed takes up the space"
    ballast.unlink()
    services.indexer.bring_up_to_date()
    assert ids_in(engine, services) == ids_in(WhooshEngine(index), services) == published(services)
    assert len(published(services)) == len(before) + 40


def test_some_of_the_fillings_leave_too_little_space_and_some_enough(services, disk):
    """Else the test above would promise nothing."""
    outcomes = set()
    for number, left in enumerate((LEFT[1], LEFT[-1])):
        ballast = _fill(disk, left)
        services.store.save([(offering, {}) for offering in generated.offerings(5, first=6_000 + 10 * number)])
        try:
            services.indexer.bring_up_to_date()
            outcomes.add("written")
        except OSError:
            outcomes.add("full")
        ballast.unlink()
    assert outcomes == {"written", "full"}


def test_a_follower_on_a_full_disk_says_so_in_a_sentence_and_goes_on_when_there_is_space(
    services, small_disk, disk, tmp_path, ids_in, published
):
    engine = WhooshEngine(disk / "index")
    with following(small_disk, tmp_path / "log") as indexer:
        before, generations = ids_in(engine, services), set((disk / "index").glob("gen-*"))
        ballast = _fill(disk, 0)
        services.store.save([(offering, {}) for offering in generated.offerings(5, first=7_000)])
        assert wait_until(lambda: "No space left" in indexer.said), indexer.said
        assert "Traceback" not in indexer.said and indexer.is_running()
        assert ids_in(engine, services) == before
        assert wait_until(lambda: set((disk / "index").glob("gen-*")) <= generations), "what failed takes up the space"
        ballast.unlink()
        assert wait_until(lambda: engine.position().seq == services.store.revision()), indexer.said
        assert ids_in(engine, services) == published(services)
        assert indexer.is_running() and indexer.stop() == 0


def test_a_follower_started_on_a_full_disk_waits_for_space(services, small_disk, disk, tmp_path):
    engine, ballast = WhooshEngine(disk / "index"), _fill(disk, 0)
    services.store.save([(offering, {}) for offering in generated.offerings(5, first=7_000)])
    indexer = Indexer(small_disk, tmp_path / "log", "--follow")
    try:
        assert wait_until(lambda: "No space left" in indexer.said or not indexer.is_running())
        ballast.unlink()
        assert wait_until(lambda: engine.position().seq == services.store.revision()), indexer.said
        assert indexer.is_running() and "Traceback" not in indexer.said
    finally:
        indexer.kill()
