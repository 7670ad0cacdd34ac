"""Someone signed in at the desk of a running site, who sends files over HTTP and reads what became of them."""

import http.client
import re
import secrets
import time
from contextlib import closing, suppress
from pathlib import Path

from portal.bootstrap import Services
from portal.model.upload import Upload
from portal.model.user import Role

_SAFETY = 300.0


class HttpSender:
    """Sends files for a provider; `services` are those of the same data folder."""

    def __init__(self, services: Services, port: int, provider: str) -> None:
        self._services = services
        self._port = port
        self.provider = provider
        user = services.accounts.add(f"{secrets.token_hex(4)}@desk.example", Role.PUBLISHER, provider=provider)
        self._cookie = f"session={services.accounts.begin_session(user)}"

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
        """Status and text of an answer."""
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)) as connection:
            connection.request(method, path, body or None, {"Cookie": self._cookie} | headers)
            response = connection.getresponse()
            return response.status, response.read().decode()

    def send(self, path: Path) -> str:
        """The id of the sent file."""
        token = re.search(r'name="csrf" value="(\w+)"', self.ask("GET", "/en/desk/files")[1])[1]
        border = secrets.token_hex(16)
        parts = (
            f'--{border}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{token}\r\n'
            f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{path.name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        body = parts.encode() + path.read_bytes() + f"\r\n--{border}--\r\n".encode()
        status, text = self.ask(
            "POST", "/en/desk/files", body, **{"Content-Type": f"multipart/form-data; boundary={border}"}
        )
        assert status == 302, text
        return self._services.uploads.all(self.provider)[0].id

    def wait(self, upload_id: str, look: object = lambda: None) -> tuple[Upload, float]:
        """The file once nothing is left to do, and the seconds until then; `look` is called meanwhile."""
        began = time.monotonic()
        while True:
            item = next(item for item in self._services.uploads.all(self.provider) if item.id == upload_id)
            if not item.is_under_way:
                return item, time.monotonic() - began
            assert time.monotonic() - began < _SAFETY
            look()
            time.sleep(0.05)


def memory_of_work(data: Path) -> dict[int, float]:
    """Process → the most mebibytes that it has held, of those that work on files sent to this portal."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            is_ours = f"PORTAL_DATA={data}".encode() in (folder / "environ").read_bytes().split(b"\0")
            if is_ours and b"portal.upload_process" in (folder / "cmdline").read_bytes().split(b"\0"):
                status = (folder / "status").read_text()
                if peak := re.search(r"VmHWM:\s+(\d+) kB", status):
                    found[int(folder.name)] = int(peak[1]) / 1024
    return found
