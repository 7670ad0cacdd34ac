"""Runs the site: gunicorn's web workers, and one indexer process that is started again whenever it dies."""

import gc
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace

from portal import config
from portal.config import Settings
from portal.model.errors import ConfigurationError
from portal.services.keys import demo_secret

_LOCAL = ("127.0.0.1", "::1", "localhost")
_SECONDS_BETWEEN_STARTS = 2.0
_THREADS = 4
_PARENT = os.getppid()  # asked at once, since it may be gone when the index is up to date


def demo_settings(settings: Settings, host: str) -> Settings:
    """Settings of a demo run: a secret kept in the data folder where none is set, and no address others can reach."""
    if host not in _LOCAL:
        raise ConfigurationError(
            "A demo run serves this machine only. For other addresses set PORTAL_SECRET_KEY and leave --demo out."
        )
    return settings if settings.secret_key else replace(settings, secret_key=demo_secret(settings.data, make=True))


def application():
    """The WSGI application, from the environment, for the process that calls and those that it forks."""
    gc.disable()  # what a start makes stays; looking through it again and again takes a fifth of the time
    from portal.bootstrap import build

    services = build(config.from_environment())
    verifying = threading.Thread(target=services.searching.verify)  # on another core while the rest is loaded
    verifying.start()
    from portal.web import create_app

    made = create_app(services)
    verifying.join()
    services.database.close()  # neither SQLite's nor PostgreSQL's connections live through a fork
    gc.freeze()
    gc.enable()
    return made


def run(settings: Settings, host: str, port: int, workers: int) -> int:
    """Serve until told to stop by SIGTERM or SIGINT; the exit code of the web server."""
    environment = config.environment_of(settings)
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    web = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "--bind", address, "--workers", str(workers),
            "--worker-class", "gthread", "--threads", str(_THREADS), "--log-level", "warning",
            "--limit-request-line", "8190", "--preload", "--config", "python:portal.web_server", "portal.serving:application()",
        ],
        env=environment,
    )  # fmt: skip
    stopping = threading.Event()

    def stop(*_: object) -> None:
        stopping.set()
        web.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    keeper = threading.Thread(target=_keep_indexing, args=(environment, stopping), daemon=True)
    keeper.start()
    code = web.wait()
    told_to_stop = stopping.is_set()
    stopping.set()
    keeper.join(timeout=10)
    return 0 if told_to_stop else code


def _keep_indexing(environment: dict[str, str], stopping: threading.Event) -> None:
    pause = 0.0
    command = [sys.executable, "-m", "portal", "index", "--follow"]
    while not stopping.wait(pause):
        pause = _SECONDS_BETWEEN_STARTS
        try:
            indexer = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        except OSError as error:
            print(f"The indexer cannot be started: {error}", file=sys.stderr)
            continue
        while indexer.poll() is None and not stopping.wait(0.2):
            pass
        if indexer.poll() is None:
            indexer.terminate()
            indexer.wait()


def until_told_to_stop(follow: Callable[..., None]) -> None:
    """Run `follow(stop=…)` until SIGTERM, SIGINT, or the end of the process that started this one."""
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    signal.signal(signal.SIGINT, lambda *_: stopping.set())
    follow(stop=lambda: stopping.is_set() or os.getppid() != _PARENT)
