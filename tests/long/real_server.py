"""The site as an operator runs it, in processes of its own that can be killed, on a free port of this machine."""

import contextlib
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_LIMIT = 60.0


class Server:
    """`portal serve` on a data folder. `log`: the file into which all its processes write."""

    def __init__(self, data: Path, secret: str, workers: int) -> None:
        self._data = data
        self._secret = secret
        self._workers = workers
        self.port = _free_port()
        self.log = data / "server.log"
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        """Returns once the site answers; raises RuntimeError when it does not within a minute."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
        environment |= {"PORTAL_DATA": str(self._data), "PORTAL_SECRET_KEY": self._secret, "PORTAL_FORM_RATE": "off"}
        command = [sys.executable, "-W", "ignore", "-m", "portal", "serve"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--port", str(self.port), "--workers", str(self._workers)],
                env=environment | {"PYTHONPATH": str(ROOT)}, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + _LIMIT
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"The site does not start:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.1)

    def kill_a_worker(self, chance: random.Random) -> bool:
        """False when there is none at this moment; raises RuntimeError when the whole site has ended by itself."""
        if self._process.poll() is not None:
            raise RuntimeError(f"The site has ended:\n{self.log.read_text()[-2000:]}")
        workers = sorted(self._workers_running())
        if not workers:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(chance.choice(workers), signal.SIGKILL)
            return True
        return False

    def kill(self) -> None:
        """Kill all its processes at once."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def kill_the_first(self) -> None:
        """Kill only the process that was started; returns once nobody answers, raises RuntimeError when someone does."""
        self._process.kill()
        self._process.wait()
        until = time.monotonic() + _LIMIT
        while self._answers():
            if time.monotonic() > until:
                raise RuntimeError("The site goes on without its first process.")
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop it as an operator does; what does not stop is killed."""
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(20)
        with contextlib.suppress(ProcessLookupError):
            self.kill()

    def _workers_running(self) -> list[int]:
        """Children of gunicorn, which is a child of the process that was started."""
        parents = _parents()
        return [pid for pid, parent in parents.items() if parents.get(parent) == self._process.pid]

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        return False


def _parents() -> dict[int, int]:
    """Process → its parent, of all that live on this machine."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = path.read_text(errors="replace").rpartition(")")[2].split()[:2]
            if state != "Z":
                found[int(path.parent.name)] = int(parent)
    return found


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]
