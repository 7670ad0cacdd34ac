"""What can happen to the files of an index: flipped bytes, a cut file, things deleted."""

import random
import shutil
from pathlib import Path


def current(index: Path) -> Path:
    return index / (index / "CURRENT").read_text().strip()


def _segment(index: Path) -> Path:
    return max(current(index).iterdir(), key=lambda path: path.stat().st_size)


def flip(path: Path, chance: random.Random, bytes_flipped: int = 1) -> None:
    """Change bytes where they lie, as a bad disk does: who has the file open sees it too."""
    with path.open("r+b") as file:
        for at in (chance.randrange(path.stat().st_size) for _ in range(bytes_flipped)):
            file.seek(at)
            old = file.read(1)[0]
            file.seek(at)
            file.write(bytes([old ^ (1 << chance.randrange(8))]))


def flip_a_byte(index: Path, chance: random.Random) -> None:
    flip(_segment(index), chance)


def flip_many_bytes(index: Path, chance: random.Random) -> None:
    flip(_segment(index), chance, 2_000)


def flip_a_byte_of_the_toc(index: Path, chance: random.Random) -> None:
    flip(next(current(index).glob("*.toc")), chance)


def flip_a_byte_of_the_sums(index: Path, chance: random.Random) -> None:
    path = current(index) / "manifest.json"
    whole = path.read_text()
    at = whole.index('"files"') + whole[whole.index('"files"') :].index(".seg") + 12
    path.write_text(whole[:at] + ("0" if whole[at] != "0" else "1") + whole[at + 1 :])


def cut_the_segment(index: Path, chance: random.Random) -> None:
    path = _segment(index)
    with path.open("r+b") as file:
        file.truncate(chance.randrange(path.stat().st_size))


def empty_the_segment(index: Path, chance: random.Random) -> None:
    with _segment(index).open("r+b") as file:
        file.truncate(0)


def cut_the_toc(index: Path, chance: random.Random) -> None:
    path = next(current(index).glob("*.toc"))
    path.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size)])


def empty_the_manifest(index: Path, chance: random.Random) -> None:
    (current(index) / "manifest.json").write_text("")


def delete_a_file(index: Path, chance: random.Random) -> None:
    chance.choice(sorted(current(index).iterdir())).unlink()


def delete_the_generation(index: Path, chance: random.Random) -> None:
    shutil.rmtree(current(index))


def delete_the_index(index: Path, chance: random.Random) -> None:
    shutil.rmtree(index)


def delete_the_pointer(index: Path, chance: random.Random) -> None:
    (index / "CURRENT").unlink()


def point_to_nothing(index: Path, chance: random.Random) -> None:
    (index / "CURRENT").write_text("gen-999\n")


def fill_the_pointer_with_noise(index: Path, chance: random.Random) -> None:
    (index / "CURRENT").write_bytes(chance.randbytes(20))


HARMS = (
    flip_a_byte,
    flip_many_bytes,
    flip_a_byte_of_the_toc,
    flip_a_byte_of_the_sums,
    cut_the_segment,
    empty_the_segment,
    cut_the_toc,
    empty_the_manifest,
    delete_a_file,
    delete_the_generation,
    delete_the_index,
    delete_the_pointer,
    point_to_nothing,
    fill_the_pointer_with_noise,
)
NAMES = [harm.__name__ for harm in HARMS]
