"""Someone who writes in the desk's editor: fills in its form as a browser would send it."""

from desk_user import DeskUser
from every_page import Page
from html_tree import Element
from werkzeug.datastructures import MultiDict


def editor_form(page: Page) -> Element:
    return page.root.one("form", id="editor")


def held(page: Page) -> MultiDict:
    """Everything that the editor's form sends when nobody touches it."""
    fields: MultiDict = MultiDict()
    for field in editor_form(page).all("input", "textarea", "select"):
        if field.tag == "textarea":
            fields.add(field["name"], "".join(str(child) for child in field.children).removeprefix("\n"))
        elif field.tag == "select":
            chosen = [option for option in field.all("option") if "selected" in option.attributes]
            fields.add(field["name"], (chosen or field.all("option"))[0]["value"])
        elif field.get("type") != "checkbox" or "checked" in field.attributes:
            fields.add(field["name"], field.get("value"))
    return fields


def send(someone: DeskUser, page: Page, do: str = "save", status: int = 200, **typed: object) -> Page:
    """Press a button of the editor after typing; `.` in the name of a field is written `__`. The page that answers,
    after at most one redirect."""
    fields = held(page)
    for name, value in typed.items():
        fields.setlist(name.replace("__", "."), value if isinstance(value, list) else [value])
    fields["do"] = do
    address = editor_form(page)["action"]
    response = someone.client.post(address, data=fields)
    if response.status_code == 302:
        return someone.pages.get(response.location.partition("#")[0], status=status)
    return someone.pages.checked(address, status, response, was_sent=True)


def begin(someone: DeskUser, language: str = "en", **typed: str) -> Page:
    """The editor's page of a new draft."""
    return send(someone, someone.pages.get(f"/{language}/desk/offerings/new"), **typed)
