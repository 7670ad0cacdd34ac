"""Someone who sends forms and reads mail: fills in what a page shows, and follows links."""

import re
from collections.abc import Mapping
from email.message import EmailMessage

from every_page import Page, Pages
from flask import Flask
from html_tree import Element
from wishing import MovingClock, sent

from portal.bootstrap import Services

_LINK = re.compile(r"http://127\.0\.0\.1:8000(/(?:fi|sv|en)/mail/(\w+)/\S+)")


class Visiting:
    """A browser without eyes on a site of its own."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.services: Services = app.extensions["services"]
        self.client = app.test_client()
        self.pages = Pages(self.client)

    @property
    def clock(self) -> MovingClock:
        return self.services.clock

    def someone_else(self) -> "Visiting":
        """Another browser on the same site."""
        return Visiting(self.app)

    def fill(self, path: str, **values: str) -> dict[str, str]:
        """The fields of the form at `path` as they stand there, with `values` typed in; half a minute passes."""
        fields = standing(self.pages.get(path)) | values
        self.clock.move(seconds=30)
        return fields

    def send(self, path: str, status: int = 200, **values: str) -> Page:
        """Open the form at `path`, fill it in and send it."""
        address = path.partition("?")[0]
        return self.pages.post(address, self.fill(path, **values), status=status)

    def mail(self) -> list[EmailMessage]:
        """Mail that is sent now."""
        return sent(self.services)

    def noted(self) -> None:
        """Wait until searches in vain are noted."""
        self.app.extensions["noting"].wait()


def the_form(page: Page) -> Element:
    """The form of a page that is sent by POST."""
    return next(form for form in page.main.all("form") if form.get("method") == "post")


def standing(page: Page) -> dict[str, str]:
    """Name → value of the page's form, as a browser would send it untouched."""
    fields: dict[str, str] = {}
    for field in the_form(page).all("input", "textarea", "select"):
        if field.tag == "textarea":
            fields[field["name"]] = "".join(str(child) for child in field.children).removeprefix("\n")
        elif field.tag == "select":
            chosen = [option for option in field.all("option") if "selected" in option.attributes]
            fields[field["name"]] = (chosen or field.all("option"))[0]["value"]
        elif field.get("type") not in ("radio", "checkbox") or "checked" in field.attributes:
            fields[field["name"]] = field.get("value")
    return fields


def errors(page: Page) -> Mapping[str, str]:
    """Where the links of the error summary lead → their words."""
    summary = page.root.one(id="errors")
    assert summary["role"] == "alert" and summary["tabindex"] == "-1" and "autofocus" in summary.attributes
    links = {a["href"].removeprefix("#"): a.text for a in summary.all("a")}
    assert set(links) <= {element["id"] for element in page.root.walk() if "id" in element.attributes}
    return links


def links(message: EmailMessage) -> dict[str, str]:
    """Purpose → path of every link in a mail that acts."""
    return {purpose: path for path, purpose in _LINK.findall(message.get_content())}
