"""What can happen to the files of an index: flipped bytes, cut files, things deleted, added or exchanged."""

import pickle
import random
import shutil
from pathlib import Path


class _Evil:
    """Whoever unpickles it makes a file."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self):
        return Path.touch, (self._mark,)


def evil_mark(index: Path) -> Path:
    """The file that is there when a pickle was opened that nobody had looked at."""
    return index.parent / "opened"


def current(index: Path) -> Path:
    return index / (index / "CURRENT").read_text().strip()


def _files(index: Path) -> list[Path]:
    return sorted(path for path in current(index).glob("block-*/*") if path.stat().st_size)


def _largest(index: Path) -> Path:
    return max(_files(index), key=lambda path: path.stat().st_size)


def _toc(index: Path) -> Path:
    return next(current(index).glob("block-*/*.toc"))


def flip(path: Path, chance: random.Random, bytes_flipped: int = 1) -> None:
    """Change bytes where they lie, as a bad disk does: who has the file open sees it too."""
    with path.open("r+b") as file:
        for at in (chance.randrange(path.stat().st_size) for _ in range(bytes_flipped)):
            file.seek(at)
            old = file.read(1)[0]
            file.seek(at)
            file.write(bytes([old ^ (1 << chance.randrange(8))]))


def _cut(path: Path, size: int) -> None:
    with path.open("r+b") as file:
        file.truncate(size)


def flip_a_byte(index: Path, chance: random.Random) -> None:
    flip(chance.choice(_files(index)), chance)


def flip_many_bytes_of_every_file(index: Path, chance: random.Random) -> None:
    for path in _files(index):
        flip(path, chance, 1 + path.stat().st_size // 100)


def flip_a_byte_of_the_manifest(index: Path, chance: random.Random) -> None:
    flip(current(index) / "manifest.json", chance)


def cut_the_largest_file(index: Path, chance: random.Random) -> None:
    _cut(_largest(index), chance.randrange(_largest(index).stat().st_size))


def cut_every_file(index: Path, chance: random.Random) -> None:
    for path in _files(index):
        _cut(path, chance.randrange(path.stat().st_size))


def empty_every_file(index: Path, chance: random.Random) -> None:
    for path in _files(index):
        _cut(path, 0)


def empty_the_manifest(index: Path, chance: random.Random) -> None:
    (current(index) / "manifest.json").write_text("")


def exchange_the_pickle(index: Path, chance: random.Random) -> None:
    _toc(index).write_bytes(pickle.dumps(_Evil(evil_mark(index))))


def exchange_the_pickle_for_another_file(index: Path, chance: random.Random) -> None:
    path = _toc(index)
    path.unlink()
    path.write_bytes(pickle.dumps(_Evil(evil_mark(index))))


def add_a_pickle(index: Path, chance: random.Random) -> None:
    (_toc(index).parent / "_MAIN_9.toc").write_bytes(pickle.dumps(_Evil(evil_mark(index))))


def delete_a_file(index: Path, chance: random.Random) -> None:
    chance.choice(_files(index)).unlink()


def delete_a_block(index: Path, chance: random.Random) -> None:
    shutil.rmtree(chance.choice(sorted(current(index).glob("block-*"))))


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
    flip_many_bytes_of_every_file,
    flip_a_byte_of_the_manifest,
    cut_the_largest_file,
    cut_every_file,
    empty_every_file,
    empty_the_manifest,
    exchange_the_pickle,
    exchange_the_pickle_for_another_file,
    add_a_pickle,
    delete_a_file,
    delete_a_block,
    delete_the_generation,
    delete_the_index,
    delete_the_pointer,
    point_to_nothing,
    fill_the_pointer_with_noise,
)
NAMES = [harm.__name__ for harm in HARMS]
