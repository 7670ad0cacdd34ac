"""What several commands of the command line share: services, options, and the index brought up to date."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from portal import config
from portal.bootstrap import Services, build
from portal.model.errors import PortalError
from portal.services.keys import demo_secret

FILE = click.Path(path_type=Path)

language = click.option(
    "--lang", type=click.Choice(["fi", "sv", "en"]), default="en", show_default=True, help="Language of the answer."
)


def build_services() -> Services:
    """On the parts that the environment names."""
    return build(config.from_environment())


def build_signing_services() -> Services:
    """Links are signed, so a secret is needed; a demo keeps its own beside the data."""
    settings = config.from_environment()
    settings = replace(settings, secret_key=settings.secret_key or demo_secret(settings.data, make=False))
    settings.require_secret()
    return build(settings)


def bring_index_up_to_date(on: Services, *, rebuild: bool = False) -> None:
    with click.progressbar(length=1, label="index", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        indexed = on.indexer.bring_up_to_date(rebuild=rebuild, progress=progress)
    click.echo(
        f"index: {indexed.documents} offerings ({indexed.changed} written, {indexed.removed} removed, {indexed.seconds:.1f} s)"
    )


def try_to_bring_index_up_to_date(on: Services, *, rebuild: bool = False) -> None:
    """The same for what goes on without: the store answers, and the follower tries again and again."""
    try:
        bring_index_up_to_date(on, rebuild=rebuild)
    except (OSError, PortalError) as error:
        click.echo(f"The index cannot be written: {error}", err=True)
