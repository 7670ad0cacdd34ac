"""Run as a process: for each line, log file and arguments as JSON, forks a `portal` of these arguments; tells its id."""

import json
import os
import signal
import sys

from portal import config
from portal.bootstrap import build
from portal.cli import main


def begin() -> None:
    build(config.from_environment()).database.close()  # analysis and vocabulary stay for those who are forked
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        log, *arguments = json.loads(line)
        child = os.fork() if arguments else -1
        if child == 0:
            _become(log, arguments)
        print(child, flush=True)


def _become(log: str, arguments: list[str]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    said = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(said, stream)
    try:
        main(arguments)
    finally:
        sys.stdout.flush()
        os._exit(1)


if __name__ == "__main__":
    begin()
