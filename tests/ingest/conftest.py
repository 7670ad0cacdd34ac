"""A fixture that writes a provider's file."""

from pathlib import Path

import pytest
from records_for_tests import Write


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(name: str, content: object) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else str(content).encode())
        return path

    return write_file
