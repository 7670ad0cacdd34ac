"""Someone with a browser of their own, and what they would complain about."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, Request
from werkzeug.serving import make_server

_AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_PHONE = 600


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The site on a free port of this machine; its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class Visitor:
    """A browser context with one page. `complaints`: errors in the console, requests to other hosts, cookies."""

    def __init__(self, browser: Browser, address: str, width: int, options: dict) -> None:
        height = 740 if width < _PHONE else 900
        self._context = browser.new_context(viewport={"width": width, "height": height}, **options)
        self._context.set_default_timeout(8_000)
        self._address = address
        self.complaints: list[str] = []
        self.page: Page = self._context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("request", self._watch)

    def go(self, path: str) -> "Visitor":
        self.page.goto(self._address + path, wait_until="load")
        return self

    @property
    def path(self) -> str:
        """Path and query of the page one is on."""
        return self.page.url.removeprefix(self._address)

    @property
    def count(self) -> str:
        return self.page.inner_text("#count")

    @property
    def focused(self) -> str:
        """The id of what has the focus."""
        return self.page.evaluate("document.activeElement.id")

    def wait_for_path(self, path: str) -> None:
        self.page.wait_for_url(self._address + path)

    def barriers(self, axe: str, rules: list[str] | None = None) -> list[str]:
        """What axe-core finds: rule and first element of each violation; only of `rules`, if they are given."""
        self.page.evaluate(axe)
        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": _AXE_TAGS}
        found = self.page.evaluate("only => axe.run(document, {runOnly: only, resultTypes: ['violations']})", only)
        assert found["testEngine"]["name"] == "axe-core" and found["passes"], "axe-core checked nothing"
        return [
            f"{violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in found["violations"]
            for node in violation["nodes"][:2]
        ]

    def leave(self, may_hold: str = "") -> None:
        """`may_hold`: name of the cookie that someone who has sent a form holds."""
        held = {cookie["name"] for cookie in self._context.cookies()} - {may_hold}
        self.complaints += [f"a cookie: {name}" for name in sorted(held)]
        self._context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        told_by_status = "Failed to load resource" in message.text and message.location["url"] == self.page.url
        if message.type in ("error", "warning") and not told_by_status:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self._address + "/", "data:")):
            self.complaints.append(f"{self.page.url} asked for {request.url}")
