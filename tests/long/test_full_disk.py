"""A full disk stops the taking in of changes and nothing else."""

import errno
import shutil
import subprocess
from dataclasses import replace

import generated
import pytest
from processes import Indexer, wait_until

from portal.bootstrap import build
from portal.search.generations import Generations
from portal.search.whoosh_engine import WhooshEngine

# Whoosh leaves its temporary files open when a commit fails; closing them cannot write either.
pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
SIZE = 24 * 2**20
LEFT = [0, 4_096, 16_384, 65_536, 131_072, 262_144, 524_288, 2**20, 2 * 2**20, 4 * 2**20, 6 * 2**20]


@pytest.fixture
def disk(tmp_path):
    """A file system of 24 MiB in memory."""
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
    before, name = ids_in(engine, services), Generations(index).current()
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
        assert Generations(index).current() == name and Generations(index).is_sound(name)
        assert ids_in(engine, services) == ids_in(WhooshEngine(index), services) == before
        assert [path.name for path in index.glob("gen-*")] == [name], "what failed takes up the space"
    ballast.unlink()
    services.indexer.bring_up_to_date()
    assert ids_in(engine, services) == ids_in(WhooshEngine(index), services) == published(services)
    assert len(published(services)) == len(before) + 40


def test_some_of_the_fillings_leave_too_little_space_and_some_enough(services, disk):
    """Else the test above would promise nothing."""
    outcomes = set()
    for number, left in enumerate((0, LEFT[-1])):
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
    services, small_disk, disk, tmp_path
):
    engine, logs = WhooshEngine(disk / "index"), []
    ballast = _fill(disk, 0)
    services.store.save([(offering, {}) for offering in generated.offerings(5, first=7_000)])

    def is_followed():
        """As `portal serve` does: what ended is started again."""
        if not logs or not logs[-1].is_running():
            logs.append(Indexer(small_disk, tmp_path / f"log{len(logs)}", "--follow"))
        return engine.position().seq == services.store.revision()

    try:
        assert not wait_until(is_followed, seconds=5, pause=0.2)
        assert "No space left" in logs[0].said and "Traceback" not in logs[0].said
        ballast.unlink()
        assert wait_until(is_followed, pause=0.2), logs[-1].said
    finally:
        for indexer in logs:
            indexer.kill()
