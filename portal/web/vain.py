"""Notes searches that found nothing beside the answering of requests, so that no search waits for it or fails by it."""

import logging
import queue
import threading

from flask import Flask, current_app, request

from portal.services.searching import SearchAnswer
from portal.services.vain import SearchesInVain

_MOST_WAITING = 200
_LOG = logging.getLogger("portal")


class Noting:
    """A short queue and one thread. What does not fit, or cannot be written, is left out and logged."""

    def __init__(self, searches: SearchesInVain) -> None:
        self._searches = searches
        self._waiting: queue.Queue[tuple[SearchAnswer, str, str]] = queue.Queue(_MOST_WAITING)
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def note(self, answer: SearchAnswer, trace: str, agent: str) -> None:
        """Take in a search that found nothing; returns at once."""
        try:
            self._waiting.put_nowait((answer, trace, agent))
        except queue.Full:
            _LOG.warning("a search in vain was not noted: too many wait")
            return
        with self._lock:  # begun in the process that serves, which is not the one that made the application
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="searches in vain", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Until everything that waits is noted."""
        self._waiting.join()

    def _work(self) -> None:
        while True:
            answer, trace, agent = self._waiting.get()
            try:
                self._searches.note(answer, trace=trace, agent=agent)
            except Exception:  # whatever it is, the next search is noted again
                _LOG.error("a search in vain was not noted", exc_info=True)
            finally:
                self._waiting.task_done()


def install(app: Flask) -> None:
    app.extensions["noting"] = Noting(app.extensions["services"].searches_in_vain)


def note_if_in_vain(answer: SearchAnswer) -> None:
    """Note this request's search when someone typed words and found nothing."""
    if answer.total == 0 and answer.query.text and answer.query.page == 1 and _was_asked_for():
        current_app.extensions["noting"].note(answer, trace(), agent())


def trace() -> str:
    """What tells this searcher from others for a month; only its keyed hash is kept."""
    return f"{request.remote_addr} {agent()}"


def agent() -> str:
    return request.headers.get("User-Agent", "")


def _was_asked_for() -> bool:
    """False for pages that a browser fetches because someone might want them."""
    purposes = [request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz")]
    return request.method == "GET" and not any("prefetch" in purpose.lower() for purpose in purposes)
