"""People who fill in forms of interest over HTTP, so many a second, and send a form again until it is answered."""

import contextlib
import http.client
import random
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

_KEY = re.compile(r'name="key" value="([^"]+)"')
_PERSON = re.compile(r"person=([0-9a-f]+);")
_MOST_TRIES = 600
_PAUSE = 0.1


@dataclass
class Heard:
    """What all of them heard. `people`: each form's browser key, as the answer told it; `waits`: seconds of a post."""

    people: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    tries: int = 0
    sent_again: int = 0


class People:
    """Threads that each open the form, send it, and go on to the next; within `with` they are at work.

    `again`: the share of forms that is sent once more after it was answered, as when someone presses the button twice.
    """

    def __init__(self, port: int, path: str, *, a_second: float, threads: int, again: float = 0.0) -> None:
        self._port = port
        self._path = path
        self._pause = 1 / a_second
        self._again = again
        self._chance = random.Random(7)
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._next = 0
        self._threads = [threading.Thread(target=self._work) for _ in range(threads)]
        self.heard = Heard()

    def __enter__(self) -> "People":
        self._began = time.monotonic()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Each ends the form at hand; after it, nothing is under way."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _turns(self) -> Iterator[int]:
        """The number of the next form, at the moment when it is due."""
        while not self._stopping.is_set():
            with self._lock:
                turn, self._next = self._next, self._next + 1
            if self._stopping.wait(self._began + turn * self._pause - time.monotonic()):
                return
            yield turn

    def _work(self) -> None:
        for turn in self._turns():  # each is another person, with a connection of their own
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
            with contextlib.closing(connection):
                self._answer_one(connection, turn)

    def _answer_one(self, connection: http.client.HTTPConnection, turn: int) -> None:
        """Every tenth leaves an address, and so has a mail written in the same transaction."""
        page = self._until_answered(connection, "GET", None)
        if page is None:
            return
        key = _KEY.search(page[0]).group(1)
        address = f"person{turn}@people.example" if turn % 10 == 0 else ""
        form = urlencode({"key": key, "level": "would_take_part", "email": address})
        if (answer := self._until_answered(connection, "POST", form)) is None:
            return
        with self._lock:
            self.heard.people.append(answer[1])
            self.heard.addresses += [address] * bool(address)
            sends_again = self._chance.random() < self._again
        if sends_again and (second := self._until_answered(connection, "POST", form)):
            with self._lock:
                self.heard.sent_again += 1
                if second[1] != answer[1]:
                    self.heard.complaints.append("a form that was sent again was answered otherwise")

    def _until_answered(
        self, connection: http.client.HTTPConnection, method: str, form: str | None
    ) -> tuple[str, str] | None:
        """The page and the key that the browser was given; None when it was refused, which is a complaint."""
        for _ in range(_MOST_TRIES):
            began = time.monotonic()
            try:
                connection.request(method, self._path, form, {"Content-Type": "application/x-www-form-urlencoded"})
                answer = connection.getresponse()
                page = answer.read().decode()
            except (OSError, http.client.HTTPException):  # its worker was killed, or nobody listens
                connection.close()
                with self._lock:
                    self.heard.tries += 1
                time.sleep(_PAUSE)
                continue
            if answer.status != 200:
                self._complain(f"{method}: {answer.status}")
                return None
            if method == "POST":
                self.heard.waits.append(time.monotonic() - began)
            person = _PERSON.search(answer.headers.get("Set-Cookie", ""))
            return page, person.group(1) if person else ""
        self._complain(f"{method}: never answered")
        return None

    def _complain(self, sentence: str) -> None:
        with self._lock:
            self.heard.complaints.append(sentence)
