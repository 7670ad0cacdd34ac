"""Brings tables up to date by Alembic's scripts in `migrations/`."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection


def upgrade(connection: Connection) -> None:
    """Create or change the tables to those of this version."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def knows_revision(revision: str) -> bool:
    """True when this version of the portal can bring tables of that revision up to date."""
    return revision in {script.revision for script in _scripts().walk_revisions()}


def head() -> str:
    """The newest revision there is a script for."""
    return _scripts().get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
