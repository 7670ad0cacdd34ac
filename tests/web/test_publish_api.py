"""Publishing by API: what each request answers, and that a key opens nothing but its own provider's offerings."""

import datetime as dt
import json
import threading
from pathlib import Path

import pytest
from api_publisher import OFFERING, Publisher, lines_of
from flask import Flask
from site_for_tests import open_app

from portal.model.admission import Admission, AdmissionStep
from portal.model.catalog import State
from portal.model.user import Origin
from portal.store.history import HistoryStore
from portal.store.standing import StandingStore

PROBLEM = "application/problem+json"
DEEP = '{"title": ' + "[" * 100_000 + "]" * 100_000 + "}"


@pytest.fixture
def app(own_folder: Path) -> Flask:
    made = open_app(own_folder)
    yield made
    made.extensions["services"].database.close()


@pytest.fixture
def peppi(app: Flask) -> Publisher:
    return Publisher(app)


def test_a_new_offering_is_published_and_the_same_again_changes_nothing(peppi: Publisher):
    first, again = peppi.put("API-1"), peppi.put("API-1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert (first.json["outcome"], again.json["outcome"]) == ("new", "unchanged")
    assert first.headers["ETag"] == again.headers["ETag"] == '"1"'
    assert peppi.client.get(f"/fi/offerings/{first.json['id']}").status_code == 200


def test_a_change_replaces_the_whole_offering(peppi: Publisher):
    peppi.put("API-1")
    changed = peppi.put("API-1", {"title": {"fi": "Uusi nimi"}})
    assert (changed.status_code, changed.json["outcome"], changed.headers["ETag"]) == (200, "changed", '"2"')
    kept = peppi.get("API-1").json
    assert kept["title"] == {"fi": "Uusi nimi"} and "ects" not in kept


@pytest.mark.parametrize("code", ["C#", "a/b", "Å 1", "100 % käsityötä?", "a//b", "/a", "b/", "x;y=1&z", "C++"])
def test_a_code_has_any_signs(peppi: Publisher, code: str):
    assert peppi.put(code).status_code == 201
    assert peppi.get(code).json["code"] == code
    assert peppi.services.store.find_by_code("helsinki", code).offering.code == code
    assert peppi.delete(code).status_code == 204


def test_a_code_with_a_slash_needs_no_encoding(peppi: Publisher):
    peppi.put("a/b")
    assert peppi.ask("GET", "/api/v1/providers/helsinki/offerings/a/b").json["code"] == "a/b"


@pytest.mark.parametrize("path", ["%C5%201", "a%00b", "a%0Ab"])
def test_a_code_that_is_no_text_is_told(peppi: Publisher, path: str):
    address = f"/api/v1/providers/helsinki/offerings/{path}"
    answer = peppi.ask("PUT", address, data=json.dumps(OFFERING), content_type="application/json")
    assert (answer.status_code, answer.content_type) == (400, PROBLEM)


@pytest.mark.parametrize("code", [" ", "x" * 201])
def test_a_code_that_cannot_be_kept_is_told(peppi: Publisher, code: str):
    assert peppi.put(code).status_code == 422
    assert peppi.get(code).status_code == peppi.delete(code).status_code == 404


def test_the_code_of_the_address_counts(peppi: Publisher):
    assert peppi.put("API-1", OFFERING | {"code": " API-1 "}).status_code == 201
    refused = peppi.put("API-2", OFFERING | {"code": "API-1"})
    assert refused.status_code == 422 and [error["pointer"] for error in refused.json["errors"]] == ["/code"]


def test_what_is_wrong_is_told_at_its_place_in_the_language_asked_for(peppi: Publisher):
    body = OFFERING | {"field": "xx", "runs": [{"id": "k", "start": "soon"}]}
    refused = peppi.put("API-1", body, Accept_Language="sv")
    assert (refused.status_code, refused.content_type, refused.headers["Content-Language"]) == (422, PROBLEM, "sv")
    assert {error["pointer"]: error["value"] for error in refused.json["errors"]} == {
        "/field": "xx",
        "/runs/0/start": "soon",
    }
    english = peppi.ask(
        "PUT", peppi.path("API-1") + "?lang=en", data=json.dumps(body), content_type="application/json"
    ).json
    assert english["errors"][0]["message"] != refused.json["errors"][0]["message"]
    assert all(error["message"] and error["remedy"] for error in english["errors"])
    assert peppi.get("API-1").status_code == 404


@pytest.mark.parametrize("body", ["", "{", "[]", "null", DEEP, '{"title": NaN}', "\ufeff", "[" * 400_000])
def test_what_is_not_an_offering_in_json_is_told(peppi: Publisher, body: str):
    refused = peppi.put("API-1", body)
    assert (refused.status_code, refused.content_type) == (400, PROBLEM)
    assert refused.json["errors"]


def test_json_in_another_encoding_is_read_or_told(peppi: Publisher):
    body = json.dumps(OFFERING | {"title": {"fi": "Ääni"}}, ensure_ascii=False)
    answers = [
        peppi.ask("PUT", peppi.path("API-1"), data=body.encode(name), content_type="application/json").status_code
        for name in ("utf-16", "utf-8-sig", "latin-1")
    ]
    assert answers == [201, 200, 400]


def test_only_known_keys_are_taken(peppi: Publisher):
    theirs = peppi.put("API-1", OFFERING | {"id": "sivis-x", "state": "draft", "revision": 7, "updated_at": "x"})
    assert theirs.status_code == 201 and theirs.json["revision"] == 1
    entry = peppi.services.store.find(theirs.json["id"])
    assert (entry.id, entry.state, entry.offering.provider) == ("helsinki-api-1", State.PUBLISHED, "helsinki")
    assert {"/id", "/state", "/revision"} <= {remark["pointer"] for remark in theirs.json["problems"]}


def test_an_offering_of_another_provider_cannot_be_written(peppi: Publisher):
    refused = peppi.put("API-1", OFFERING | {"provider": "sivis"})
    assert refused.status_code == 422 and refused.json["errors"][0]["pointer"] == "/provider"


def test_what_was_read_can_be_sent_back(peppi: Publisher):
    read = peppi.get("REAL-1")
    body = {key: value for key, value in read.json.items() if key not in ("id", "state", "revision", "updated_at")}
    assert peppi.put("REAL-1", body, If_Match=read.headers["ETag"]).json["outcome"] == "unchanged"


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"If_Match": '"1"'}, 200), ({"If_Match": '"7", "1"'}, 200), ({"If_Match": "*"}, 200), ({"If_Match": '"2"'}, 412),
     ({"If_Match": 'W/"1"'}, 412), ({"If_Match": '"x"'}, 412), ({"If_None_Match": "*"}, 412),
     ({"If_None_Match": '"1"'}, 412), ({"If_None_Match": '"2"'}, 200)],
)  # fmt: skip
def test_a_change_may_insist_on_the_revision_it_replaces(peppi: Publisher, headers: dict, status: int):
    peppi.put("API-1")
    answer = peppi.put("API-1", {"title": {"fi": "Toinen"}}, **headers)
    assert answer.status_code == status
    assert peppi.get("API-1").headers["ETag"] == ('"2"' if status == 200 else '"1"')


@pytest.mark.parametrize(
    ("headers", "status"), [({"If_None_Match": "*"}, 201), ({"If_Match": "*"}, 412), ({"If_Match": '"1"'}, 412)]
)
def test_a_new_offering_may_insist_on_being_new(peppi: Publisher, headers: dict, status: int):
    assert peppi.put("API-1", **headers).status_code == status


def test_of_many_changes_to_one_revision_exactly_one_wins(peppi: Publisher):
    peppi.put("API-1")
    answers: list[int] = []
    start = threading.Barrier(8)

    def change(number: int) -> None:
        start.wait()
        mine = Publisher.__new__(Publisher)
        mine.__dict__.update(peppi.__dict__, client=peppi.client.application.test_client())
        answers.append(mine.put("API-1", {"title": {"fi": f"Nimi {number}"}}, If_Match='"1"').status_code)

    threads = [threading.Thread(target=change, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200] + [412] * 7
    assert peppi.get("API-1").json["revision"] == 2


def test_an_offering_is_read_in_any_state_and_not_sent_twice(peppi: Publisher):
    states = {code: peppi.get(code).json["state"] for code in ("REAL-1", "GONE-1", "DRAFT-1")}
    assert states == {"REAL-1": "published", "GONE-1": "withdrawn", "DRAFT-1": "draft"}
    etag = peppi.get("REAL-1").headers["ETag"]
    again = peppi.get("REAL-1", If_None_Match=etag)
    assert (again.status_code, again.data) == (304, b"")


def test_withdrawing_twice_is_withdrawing_once(peppi: Publisher):
    page = f"/fi/offerings/{peppi.put('API-1').json['id']}"
    first, again = peppi.delete("API-1"), peppi.delete("API-1")
    assert (first.status_code, again.status_code, first.data) == (204, 204, b"")
    assert first.headers["ETag"] == again.headers["ETag"] == '"2"'
    assert peppi.client.get(page).status_code == 410
    assert peppi.put("API-1").json["revision"] == 3 and peppi.client.get(page).status_code == 200


def test_withdrawing_may_insist_on_a_revision(peppi: Publisher):
    peppi.put("API-1")
    assert peppi.delete("API-1", If_Match='"7"').status_code == 412
    assert peppi.delete("nothing").status_code == 404
    assert peppi.delete("API-1", If_Match='"1"').status_code == 204


def test_the_history_says_that_it_came_by_the_api(peppi: Publisher):
    offering = peppi.put("API-1").json["id"]
    peppi.delete("API-1")
    origins = [revision.by.origin for revision in HistoryStore(peppi.services.database).revisions(offering)]
    assert origins == [Origin.API, Origin.API]


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Bearer osaset_0_x", "Basic eDp5", "Bearer å", f"Bearer osaset_{'0' * 12}_{'a' * 43}"],
)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "POST"])
def test_without_a_key_nobody_gets_in(peppi: Publisher, method: str, authorization: str):
    path = "/api/v1/providers/helsinki/offerings" + ("" if method == "POST" else "/REAL-1")
    answer = peppi.client.open(path, method=method, headers={"Authorization": authorization} if authorization else {})
    assert (answer.status_code, answer.content_type) == (401, PROBLEM)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_revoked_key_opens_nothing(peppi: Publisher):
    peppi.services.tokens.revoke("helsinki", peppi.token.id)
    assert peppi.put("API-1").status_code == peppi.get("REAL-1").status_code == 401


def test_offerings_of_others_are_not_there(app: Flask):
    sivis = Publisher(app, "sivis")
    sivis.provider = "helsinki"
    answers = [
        sivis.get("REAL-1"),
        sivis.put("REAL-1"),
        sivis.delete("REAL-1"),
        sivis.post([OFFERING]),
        sivis.get("no"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 5
    assert len({answer.json["detail"] for answer in answers}) == 1
    sivis.provider = "no-such"
    assert sivis.get("REAL-1").status_code == 404


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [("read", {"GET": 200}), ("publish", {"PUT": 200, "POST": 200}), ("withdraw", {"DELETE": 204})],
)
def test_a_key_does_what_it_was_made_for(app: Flask, scope: str, allowed: dict):
    key = Publisher(app, scopes=(scope,))
    answers = {
        "GET": key.get("REAL-1"), "POST": key.post([OFFERING | {"code": "X"}]), "DELETE": key.delete("GONE-1"),
        "PUT": key.put("REAL-1"),
    }  # fmt: skip
    assert {method: answer.status_code for method, answer in answers.items() if answer.status_code != 403} == allowed
    refused = next(answer for answer in answers.values() if answer.status_code == 403)
    assert "insufficient_scope" in refused.headers["WWW-Authenticate"]


def test_a_suspended_provider_publishes_nothing_and_may_still_withdraw(peppi: Publisher):
    database = peppi.services.database
    with database.write() as transaction:
        at = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
        StandingStore(database).decide(transaction, AdmissionStep("helsinki", Admission.SUSPENDED, at))
    for refused in (peppi.put("API-1"), peppi.post([OFFERING | {"code": "X"}])):
        assert (refused.status_code, refused.content_type) == (403, PROBLEM)
        assert refused.json["type"].endswith("/Suspended")
    assert peppi.get("REAL-1").json["state"] == "suspended"
    assert peppi.delete("REAL-1").status_code == 204


def test_lines_are_answered_in_order_and_a_bad_one_leaves_the_others(peppi: Publisher):
    sent = [OFFERING | {"code": "A"}, "not json", OFFERING | {"code": "REAL-1"}, OFFERING | {"code": "A"},
            OFFERING | {"code": "B", "field": "xx"}, OFFERING, "  ", OFFERING | {"code": "C"}]  # fmt: skip
    answer = peppi.post(sent)
    assert (answer.status_code, answer.content_type) == (200, "application/jsonl")
    told = lines_of(answer)
    assert [(line["line"], line["status"]) for line in told] == [
        (1, 201), (2, 400), (3, 200), (4, 200), (5, 422), (6, 422), (8, 201)
    ]  # fmt: skip
    assert [line["outcome"] for line in told] == ["new", None, "changed", "unchanged", None, None, "new"]
    assert (told[0]["id"], told[0]["revision"], told[2]["revision"]) == ("helsinki-a", 1, 2)
    assert [problem["pointer"] for problem in told[4]["problems"] if problem["severity"] == "error"] == ["/field"]
    assert set(peppi.services.store.codes("helsinki")) >= {"A", "C"}
    assert "B" not in peppi.services.store.codes("helsinki")


def test_a_dry_run_tells_and_writes_nothing(peppi: Publisher):
    before = peppi.services.store.revision()
    told = lines_of(peppi.post([OFFERING | {"code": "A"}, OFFERING | {"code": "REAL-1"}], "?dry_run=1"))
    assert [(line["status"], line["outcome"], line["id"]) for line in told] == [
        (201, "new", None), (200, "changed", None)
    ]  # fmt: skip
    assert peppi.services.store.revision() == before


def test_a_dry_run_that_is_misspelt_writes_nothing(peppi: Publisher):
    assert peppi.post([OFFERING | {"code": "A"}], "?dry_run=yes").status_code == 400
    assert peppi.get("A").status_code == 404


def test_lines_for_another_provider_are_left_out(peppi: Publisher):
    (told,) = lines_of(peppi.post([OFFERING | {"code": "A", "provider": "sivis"}]))
    assert told["status"] == 422 and "A" not in peppi.services.store.codes("sivis")


def test_too_many_lines_are_refused_before_any_is_written(peppi: Publisher):
    answer = peppi.post([OFFERING | {"code": "A"}] + ["{}"] * 10_000)
    assert (answer.status_code, answer.content_type) == (413, PROBLEM)
    assert peppi.get("A").status_code == 404


def test_no_lines_at_all_are_told(peppi: Publisher):
    assert peppi.post([]).status_code == 400


@pytest.mark.parametrize("is_chunked", [False, True])
@pytest.mark.parametrize(("method", "size"), [("PUT", 4), ("POST", 20)])
def test_what_is_too_large_is_refused(peppi: Publisher, method: str, size: int, is_chunked: bool):
    path = peppi.path("API-1") if method == "PUT" else peppi.path("")[:-1]
    body = b" " * (size * 1024 * 1024 + 1)
    options: dict = {"data": body, "content_type": "application/json" if method == "PUT" else "application/jsonl"}
    if is_chunked:  # as a server hands it on that ends the body by itself
        options |= {"environ_overrides": {"CONTENT_LENGTH": "", "wsgi.input_terminated": True}}
    answer = peppi.ask(method, path, **options)
    assert (answer.status_code, answer.content_type) == (413, PROBLEM)


@pytest.mark.parametrize("media", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data", ""])
def test_forms_of_other_kinds_are_refused(peppi: Publisher, media: str):
    for method, path in (("PUT", peppi.path("API-1")), ("POST", peppi.path("")[:-1])):
        answer = peppi.ask(method, path, data=json.dumps(OFFERING), content_type=media)
        assert (answer.status_code, answer.content_type) == (415, PROBLEM)


def test_who_wants_no_json_is_told_before_anything_is_written(peppi: Publisher):
    assert peppi.put("API-1", Accept="text/html").status_code == 406
    assert peppi.get("API-1", Accept="application/*").status_code == 404


def test_other_methods_are_refused_with_those_that_there_are(peppi: Publisher):
    answer = peppi.ask("PATCH", peppi.path("API-1"))
    assert (answer.status_code, answer.content_type) == (405, PROBLEM)
    assert {"GET", "PUT", "DELETE"} <= set(answer.headers["Allow"].split(", "))


def test_no_cookie_is_read_or_set_and_no_other_site_may_write(peppi: Publisher):
    answer = peppi.put("API-1", Origin="https://elsewhere.example", Sec_Fetch_Site="cross-site")
    assert answer.status_code == 201 and "Set-Cookie" not in answer.headers
    asked = peppi.client.options(
        peppi.path("API-1"),
        headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "PUT",
                 "Access-Control-Request-Headers": "authorization"},
    )  # fmt: skip
    for response in (answer, asked):
        assert not [name for name, _ in response.headers if name.lower().startswith("access-control")]
    session = peppi.services.accounts.begin_session(peppi.services.accounts.user(peppi.token.created_by))
    peppi.client.set_cookie("session", session)
    assert peppi.client.get(peppi.path("API-1")).status_code == 401


def test_what_was_published_is_found_once_it_is_indexed(peppi: Publisher):
    peppi.put("API-1", {"title": {"fi": "Mehiläistarhaus rajapinnalta"}})
    peppi.services.indexer.bring_up_to_date()
    found = peppi.client.get("/api/v1/offerings?q=mehiläistarhaus").json["items"]
    assert "helsinki-api-1" in [item["id"] for item in found]


def test_the_day_of_last_use_is_kept(peppi: Publisher):
    assert peppi.services.tokens.of_provider("helsinki")[0].last_used_on is None
    peppi.get("REAL-1")
    assert peppi.services.tokens.of_provider("helsinki")[0].last_used_on == dt.date(2026, 11, 16)


def test_a_key_that_asks_too_often_is_told_to_wait_and_others_are_not(own_folder: Path):
    app = open_app(own_folder, form_rate="10/minute")
    mine, theirs = Publisher(app), Publisher(app, "sivis")
    answers = [mine.post([OFFERING], "?dry_run=1") for _ in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert int(answers[-1].headers["Retry-After"]) >= 1 and answers[-1].content_type == PROBLEM
    assert theirs.post([OFFERING], "?dry_run=1").status_code == 200
    app.extensions["services"].database.close()
