"""What someone at the desk meets who writes an offering, from its name to its publication and after."""

import pytest
from desk_user import DeskUser
from editing import begin, editor_form, held, send
from site_for_tests import LANGUAGES, REAL
from visiting import Visiting, errors

from portal.model.catalog import State
from portal.model.user import By, Origin, Role

API = By(Origin.API)


@pytest.fixture
def publisher(visiting: Visiting) -> DeskUser:
    return DeskUser(visiting, Role.PUBLISHER, "helsinki")


@pytest.fixture
def writer(visiting: Visiting) -> DeskUser:
    return DeskUser(visiting, Role.EDITOR, "helsinki")


def draft_of(page):
    return editor_form(page)["action"].rpartition("/")[2]


def data_of(someone: DeskUser, page) -> dict:
    return someone.services.editing.draft("helsinki", draft_of(page)).data


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_editor_speaks_the_language_of_its_path(publisher: DeskUser, language: str):
    pages, editing = publisher.pages, publisher.services.editing
    pages.get(f"/{language}/desk/offerings/")
    page = begin(publisher, language, title__fi="Mehiläiset", code="M-1")
    page = send(publisher, page, ects="kaksi", title__sv="Bin")
    draft = draft_of(page)
    run = send(publisher, page, "add_run")
    send(publisher, run, "save", start="1.3.2027", end="1.2.2027")
    pages.get(f"/{language}/desk/drafts/{draft}/preview")
    pages.get(f"/{language}/desk/drafts/{draft}/discard")
    pages.get(f"/{language}/desk/offerings/?state=draft")
    for part in ("", "/history", "/withdraw", "/copy-run"):
        pages.get(f"/{language}/desk/offerings/{REAL}{part}")
    changed = editing.edit("helsinki", REAL, publisher.user)
    publisher.services.publishing.publish("helsinki", changed.data | {"hours": 3}, API)
    pages.get(f"/{language}/desk/drafts/{changed.id}/meanwhile")
    pages.get(f"/{language}/desk/offerings/{REAL}/history")
