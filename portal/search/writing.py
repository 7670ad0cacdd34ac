"""A generation while it is made: documents come in and go out, and blocks are merged so that they stay few."""

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from portal.search.blocks import Block, merge_blocks, write_block
from portal.search.document import Document
from portal.search.postings import MOST_ROWS


class Writing:
    """A generation being made in a folder: its blocks, oldest first, each with its dead rows."""

    def __init__(self, folder: Path, dead: Mapping[str, Sequence[int]]) -> None:
        self._folder = folder
        self.dead = {name: list(rows) for name, rows in dead.items()}
        self._blocks = {name: Block(folder / name) for name in dead}

    def add(self, documents: Iterable[Document], progress: Callable[[int], None]) -> None:
        """Take in documents; they replace those of the same ids."""
        stream, done = iter(documents), 0
        while True:
            name = self._new_name()
            added = write_block(
                self._folder / name, islice(stream, MOST_ROWS), lambda number, before=done: progress(before + number)
            )
            if not added:
                return
            done += added
            self._take_in(name)

    def bury(self, ids: Iterable[str]) -> None:
        """Name the rows of these documents dead."""
        gone = set(ids)
        for name, block in self._blocks.items() if gone else ():
            here = gone.intersection(block.table.ids)
            if here:
                rows = {row for row, document_id in enumerate(block.table.ids) if document_id in here}
                self.dead[name] = sorted(rows | set(self.dead[name]))

    def merge(self) -> None:
        """Make the newest blocks one, until each is more than twice as large as the next: so they stay few."""
        names = list(self._blocks)
        sizes = [self._blocks[name].table.size - len(self.dead[name]) for name in names]
        begin, total = len(names), 0
        for number in reversed(range(len(names))):
            if total and (sizes[number] > 2 * total or total + sizes[number] > MOST_ROWS):
                break
            begin, total = number, total + sizes[number]
        merged = names[begin:]
        if len(merged) < 2 and total:
            return
        parts = [(self._blocks[name], self._blocks[name].alive(self.dead[name])) for name in merged]
        name = self._new_name()
        if total:
            merge_blocks(self._folder / name, parts)
        for old in merged:
            del self._blocks[old], self.dead[old]
            shutil.rmtree(self._folder / old)
        if total:
            self._take_in(name)

    def count(self) -> int:
        return sum(block.table.size - len(self.dead[name]) for name, block in self._blocks.items())

    def _new_name(self) -> str:
        return f"block-{max((int(name[6:]) for name in self._blocks), default=0) + 1}"

    def _take_in(self, name: str) -> None:
        block = Block(self._folder / name)
        self.bury(block.table.ids)
        self._blocks[name], self.dead[name] = block, []
