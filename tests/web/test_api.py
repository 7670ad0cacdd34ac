"""The open API: its shape, its schema and its description, conditional requests, and that others may call it."""

import jsonschema
import pytest
from flask.testing import FlaskClient
from site_for_tests import BARE, EXAMPLE, GONE, HOSTILE, HOSTILE_OFFERING, LANGUAGES, MISLABELLED, REAL, STUDY_CENTRE

from portal.model.offering import Offering
from portal.search.facets import FACETS

LIST = "/api/v1/offerings"
SUGGEST = "/api/v1/suggest?q=tietos&lang=fi"


def test_a_search_answers_in_the_shape_that_others_rely_on(client: FlaskClient):
    answer = client.get(LIST).json
    assert list(answer) == ["total", "page", "items", "related", "facets", "understood", "did_you_mean"]


def test_an_item_says_what_it_is_and_how_well_it_fits(client: FlaskClient):
    item = client.get(f"{LIST}?q=historia&size=1").json["items"][0]
    assert {"id", "provider", "code", "title", "provider_name", "pok", "score"} <= set(item)
    assert item["score"] > 0 and isinstance(item["title"], dict)


def test_facets_have_values_with_labels_and_counts(client: FlaskClient):
    facets = client.get(f"{LIST}?lang=sv").json["facets"]
    assert list(facets) == [facet.name for facet in FACETS]
    assert {"value": "online", "label": "på nätet"}.items() <= facets["mode"][0].items()


@pytest.mark.parametrize("size", [1, 7, 100])
def test_a_page_holds_as_many_as_were_asked_for(client: FlaskClient, size: int):
    assert len(client.get(f"{LIST}?size={size}").json["items"]) == size


@pytest.mark.parametrize("size", ["0", "101", "-5", "all"])
def test_a_size_that_is_not_allowed_gives_the_usual_one_and_a_notice(client: FlaskClient, size: str):
    answer = client.get(f"{LIST}?size={size}&lang=en").json
    assert len(answer["items"]) == 20 and f"size={size}" in answer["notice"]


def test_pages_follow_each_other_without_gap_or_overlap(client: FlaskClient):
    total = client.get(LIST).json["total"]
    ids = [item["id"] for page in range(1, 5) for item in client.get(f"{LIST}?size=100&page={page}").json["items"]]
    assert len(ids) == len(set(ids)) == total


def test_a_page_beyond_the_end_is_empty(client: FlaskClient):
    answer = client.get(f"{LIST}?page=9999").json
    assert answer["items"] == [] and answer["page"] == 9999 and answer["total"] > 0


@pytest.mark.parametrize(
    "query", ["field=06&scope=1-4", "q=ohjelmointi", "mode=online&price=free&pok=1", "ects_min=5&ects_max=5"]
)
def test_the_api_finds_what_the_page_finds(client: FlaskClient, query: str):
    total = client.get(f"{LIST}?{query}").json["total"]
    page = client.get(f"/en/search?{query}").get_data(as_text=True)
    assert f'<h2 id="count" tabindex="-1">{total} match' in page


def test_values_of_one_facet_widen_and_facets_narrow(client: FlaskClient):
    def total(query: str) -> int:
        return client.get(f"{LIST}?{query}&size=1").json["total"]

    assert total("scope=1-4&scope=5-9") >= max(total("scope=1-4"), total("scope=5-9"))
    assert 0 < total("scope=1-4&mode=online") <= min(total("scope=1-4"), total("mode=online"))


def test_labels_come_in_the_language_that_is_asked_for(client: FlaskClient):
    labels = [client.get(f"{LIST}?lang={code}").json["facets"]["field"][2]["label"] for code in LANGUAGES]
    assert len(set(labels)) == 3


def test_without_a_language_the_browser_decides(client: FlaskClient):
    response = client.get(LIST, headers={"Accept-Language": "sv-FI"})
    assert response.headers["Content-Language"] == "sv" and "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize(
    "path", [LIST, f"{LIST}/{REAL}", SUGGEST, "/api/v1/schema/offering.json", "/api/v1/openapi.json"]
)
def test_an_answer_that_has_not_changed_is_not_sent_again(client: FlaskClient, path: str):
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_answers_in_two_languages_are_not_taken_for_the_same(client: FlaskClient):
    assert client.get(f"{LIST}?lang=fi").headers["ETag"] != client.get(f"{LIST}?lang=sv").headers["ETag"]


@pytest.mark.parametrize(
    "path", [LIST, f"{LIST}/{REAL}", SUGGEST, "/api/v1/schema/offering.json", "/api/v1/openapi.json"]
)
def test_pages_of_other_sites_may_read_the_api(client: FlaskClient, path: str):
    headers = client.get(path, headers={"Origin": "https://example.org"}).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", [f"{LIST}/{GONE}", f"{LIST}/no-such"])
def test_pages_of_other_sites_may_read_why_something_is_not_there(client: FlaskClient, path: str):
    assert client.get(path).headers.get("Access-Control-Allow-Origin") == "*"


@pytest.mark.parametrize("offering", [REAL, BARE, HOSTILE, MISLABELLED, STUDY_CENTRE, EXAMPLE])
def test_an_offering_is_as_the_published_schema_says(client: FlaskClient, offering: str):
    schema = client.get("/api/v1/schema/offering.json").json
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(client.get(f"{LIST}/{offering}").json)


def test_the_published_schema_is_that_of_the_import(client: FlaskClient):
    schema = client.get("/api/v1/schema/offering.json").json
    assert schema.pop("$schema") == "https://json-schema.org/draft/2020-12/schema"
    assert schema == Offering.model_json_schema()


def test_an_offering_from_the_api_can_be_imported_again(client: FlaskClient, app):
    body = client.get(f"{LIST}/{REAL}").json
    assert Offering.model_validate(body) == app.extensions["services"].store.find(REAL).offering


def test_an_offering_tells_its_state_and_its_criteria_with_reasons(client: FlaskClient):
    body = client.get(f"{LIST}/{REAL}?lang=en").json
    assert (body["id"], body["state"], body["pok"]["met"], body["pok"]["version"]) == (REAL, "published", True, "1")
    assert len(body["pok"]["checks"]) == 5 and all(check["reason"] for check in body["pok"]["checks"])


def test_an_offering_tells_which_language_its_texts_are_really_in(client: FlaskClient):
    body = client.get(f"{LIST}/{MISLABELLED}").json
    assert list(body["description"]) == ["sv"] and list(body["detected_languages"].values()) == ["en"]


def test_a_withdrawn_offering_tells_only_that_it_is_gone(client: FlaskClient):
    response = client.get(f"{LIST}/{GONE}")
    assert response.status_code == 410 and set(response.json) == {"id", "state", "withdrawn_at"}
    assert response.json["state"] == "withdrawn"


def references(part: object) -> list[str]:
    if isinstance(part, dict):
        here = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return here + [found for value in part.values() for found in references(value)]
    return [found for value in part for found in references(value)] if isinstance(part, list) else []


def test_the_description_of_the_api_refers_only_to_what_it_holds(client: FlaskClient):
    document = client.get("/api/v1/openapi.json").json
    parts = document["components"]
    assert references(document)
    assert set(references(document)) <= {f"#/components/{kind}/{name}" for kind in parts for name in parts[kind]}


def test_the_description_of_the_api_says_what_openapi_asks_for(client: FlaskClient):
    document = client.get("/api/v1/openapi.json").json
    assert document["openapi"].startswith("3.1") and {"title", "version"} <= set(document["info"])
    methods = ("get", "put", "post", "delete")
    operations = [path[method] for path in document["paths"].values() for method in methods if method in path]
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    for operation in operations:
        assert operation["responses"] and all(
            answer.get("description") or answer["$ref"] for answer in operation["responses"].values()
        )
        assert all({"name", "in", "schema"} <= set(parameter) for parameter in operation["parameters"])


def test_the_description_of_the_api_names_every_search_parameter(client: FlaskClient):
    search = client.get("/api/v1/openapi.json").json["paths"]["/offerings"]["get"]
    names = {parameter["name"] for parameter in search["parameters"]}
    assert names == {facet.name for facet in FACETS} | {
        "q",
        "ects_min",
        "ects_max",
        "sort",
        "page",
        "size",
        "lang",
        "literal",
    }


@pytest.mark.parametrize(
    ("path", "name"),
    [(f"{LIST}?q=data", "SearchAnswer"), (f"{LIST}?q=5+op+tietosouja", "SearchAnswer"), (f"{LIST}?q=x&literal=1", "SearchAnswer"),
     (f"{LIST}/{REAL}", "OfferingAnswer"), (SUGGEST, "Suggestions"), ("/api/v1/suggest", "Suggestions"),
     ("/api/v1/demand?lang=fi", "DemandAnswer")],
)  # fmt: skip
def test_answers_are_as_the_description_of_the_api_says(client: FlaskClient, path: str, name: str):
    document = client.get("/api/v1/openapi.json").json
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    jsonschema.Draft202012Validator(schema).validate(client.get(path).json)


def test_what_was_understood_is_told_in_parts(client: FlaskClient):
    answer = client.get(f"{LIST}?q=5+op+tietosuoja&lang=fi").json
    assert answer["understood"] == {
        "parts": [
            {"kind": "topic", "text": "tietosuoja", "also": ["dataskydd", "data protection"]},
            {"kind": "scope", "text": "5", "also": []},
        ]
    }


def test_what_comes_near_are_items_like_the_hits(client: FlaskClient):
    answer = client.get(f"{LIST}?q=5+op+tietosuoja").json
    assert answer["related"] and {tuple(sorted(item)) for item in answer["related"]} <= {
        tuple(sorted(item)) for item in client.get(f"{LIST}?size=100").json["items"]
    } | {tuple(sorted(item)) for item in answer["items"]}
    assert not {item["id"] for item in answer["related"]} & {item["id"] for item in answer["items"]}


@pytest.mark.parametrize(("query", "meant"), [("tietosouja", "tietosuoja"), ("tietosuoja", None), ("", None)])
def test_what_may_have_been_meant_is_told(client: FlaskClient, query: str, meant: str | None):
    assert client.get(f"{LIST}?q={query}").json["did_you_mean"] == meant


def test_a_suggestion_says_what_it_is_and_where_it_leads(client: FlaskClient):
    answer = client.get(SUGGEST).json
    assert list(answer) == ["suggestions"]
    assert all(list(one) == ["kind", "value", "label", "url"] for one in answer["suggestions"])
    assert {
        "kind": "concept",
        "value": "tietosuoja",
        "label": "tietosuoja",
        "url": "/fi/search?q=tietosuoja",
    } in answer["suggestions"]


@pytest.mark.parametrize("query", ["tietos", "HY", "terv", "c%2B", "t", "siv"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_suggestion_leads_to_a_page_of_the_language_that_finds_something(
    client: FlaskClient, query: str, language: str
):
    for one in client.get(f"/api/v1/suggest?q={query}&lang={language}").json["suggestions"]:
        response = client.get(one["url"])
        assert one["url"].startswith(f"/{language}/") and response.status_code == 200, one
        if one["kind"] == "concept":
            total = client.get(one["url"].replace(f"/{language}/search", LIST)).json["total"]
            assert total > 0, one


@pytest.mark.parametrize(("typed", "label"), [("tietsuo", "tietosuoja"), ("tekoäyl", "tekoäly"), ("pyhto", "python")])
def test_a_suggestion_forgives_a_slip(client: FlaskClient, typed: str, label: str):
    assert label in [one["label"] for one in client.get(f"/api/v1/suggest?q={typed}&lang=fi").json["suggestions"]]


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=???", "?q=zyxwqv", "?lang=sv", "?q=%FF%00"])
def test_nothing_to_suggest_is_an_empty_list(client: FlaskClient, query: str):
    response = client.get(f"/api/v1/suggest{query}")
    assert (response.status_code, response.json) == (200, {"suggestions": []})


def test_suggestions_hand_hostile_titles_on_as_data(client: FlaskClient):
    response = client.get("/api/v1/suggest?q=osaset&lang=fi")
    assert response.content_type == "application/json" and response.headers["X-Content-Type-Options"] == "nosniff"
    assert [
        one["label"] for one in response.json["suggestions"] if one["kind"] == "offering" and one["value"] == HOSTILE
    ] == [HOSTILE_OFFERING["title"]["fi"]]
