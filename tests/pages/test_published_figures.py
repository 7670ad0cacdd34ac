"""Figures on an offering and a wish are those of the last build of demand, and nothing else."""

import pytest
from every_page import Page, Pages
from flask.testing import FlaskClient
from site_for_tests import LANGUAGES, REAL, STUDY_CENTRE
from visiting import Visiting

NOBODY = {"fi": "alle 5", "sv": "Färre än 5", "en": "Fewer than 5"}


def asking(page: Page) -> str:
    return page.root.one(id="asking").text


def published(client: FlaskClient, kind: str, id: str) -> dict:
    return next(item for item in client.get("/api/v1/demand").json[kind] if item["id"] == id)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "id"), [("offerings", REAL), ("proposals", "wish-many")])
def test_a_page_shows_what_was_published(pages: Pages, client: FlaskClient, language: str, kind: str, id: str):
    figure = published(client, kind, id)
    assert figure["people"] >= 5 and f" {figure['people']} " in f" {asking(pages.get(f'/{language}/{kind}/{id}'))} "


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [f"offerings/{STUDY_CENTRE}", "proposals/wish-few"])
def test_too_few_look_like_nobody(pages: Pages, language: str, path: str):
    assert NOBODY[language] in asking(pages.get(f"/{language}/{path}"))


def test_circles_are_as_many_as_the_figure_says(pages: Pages, client: FlaskClient):
    panel = pages.get("/en/proposals/wish-many").root.one(id="asking")
    assert len(panel.all("circle")) == published(client, "proposals", "wish-many")["people"] // 10


def test_a_new_signal_changes_nothing_before_the_next_build(visiting: Visiting):
    before = asking(visiting.pages.get(f"/en/offerings/{STUDY_CENTRE}"))
    for _ in range(6):
        visiting.someone_else().send(f"/en/offerings/{STUDY_CENTRE}/interest")
    assert asking(visiting.pages.get(f"/en/offerings/{STUDY_CENTRE}")) == before
    visiting.services.demand.build()
    assert "At least 5 people" in asking(visiting.pages.get(f"/en/offerings/{STUDY_CENTRE}"))
