"""The command by which the portal works on a file that was sent at the desk, in a process of its own."""

import click

from portal import children, config
from portal.bootstrap import build_upload_work


@click.command(hidden=True)
@click.argument("upload_id")
def upload(upload_id: str) -> None:
    """Work on a sent file; the portal starts this itself."""
    children.limit_this_process()
    settings = config.from_environment()
    build_upload_work(settings).work(upload_id, children.starter(settings))
