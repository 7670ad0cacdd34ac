"""Whatever is asked of the API, by its description or beside it, the answer is one of those that it describes."""

import json
import shutil
from pathlib import Path

import pytest
import schemathesis
from api_publisher import Publisher
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from site_for_tests import EXAMPLE, GONE, HOSTILE, REAL, open_app

OPEN = ["/offerings", "/offerings/{id}", "/suggest", "/demand", "/schema/offering.json", "/openapi.json"]
ONE, MANY = "/providers/{provider}/offerings/{code}", "/providers/{provider}/offerings"
OPERATIONS = [*(("GET", path) for path in OPEN), ("GET", ONE), ("PUT", ONE), ("DELETE", ONE), ("POST", MANY)]
PROMISES = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

a_few = settings(
    derandomize=True, deadline=None, max_examples=15, phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@schemathesis.serializer("application/jsonl")
def json_lines(context: schemathesis.SerializationContext, value: object) -> str:
    lines = value if isinstance(value, list) else [value]
    return "".join(json.dumps(line) + "\n" for line in lines)


@schemathesis.deserializer("application/jsonl")
def from_json_lines(context: schemathesis.DeserializationContext, response: schemathesis.Response) -> list:
    return [json.loads(line) for line in response.content.splitlines()]


@pytest.fixture(scope="module")
def peppi(site_folder: Path, tmp_path_factory: pytest.TempPathFactory):
    """With a key for everything, on a site of its own."""
    app = open_app(shutil.copytree(site_folder, tmp_path_factory.mktemp("described") / "site", symlinks=True))
    yield Publisher(app)
    app.extensions["services"].database.close()


@pytest.fixture(scope="module")
def described(peppi: Publisher) -> BaseSchema:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", peppi.client.application)


def keeps_its_promises(operation: APIOperation, mode: GenerationMode, data: st.DataObject, **options: dict) -> int:
    case = data.draw(operation.as_strategy(mode, **options.pop("fixed", {})))
    response = case.call(**options)
    case.validate_response(response, checks=PROMISES)
    return response.status_code


def test_every_operation_is_tried(described: BaseSchema):
    paths = described.raw_schema["paths"]
    found = {(name.upper(), path) for path in paths for name in paths[path] if name != "parameters"}
    assert found == set(OPERATIONS)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("path", OPEN)
def test_the_open_api_answers_as_described(described: BaseSchema, path: str, mode: GenerationMode):
    @a_few
    @given(st.data())
    def ask(data: st.DataObject):
        keeps_its_promises(described[path]["GET"], mode, data)

    if mode is GenerationMode.POSITIVE or described[path]["GET"].query:
        ask()


@pytest.mark.parametrize(
    ("path", "place"),
    [*(("/offerings/{id}", {"id": name}) for name in (REAL, GONE, EXAMPLE, HOSTILE)),
     *((ONE, {"provider": "helsinki", "code": code}) for code in ("REAL-1", "GONE-1", "DRAFT-1"))],
)  # fmt: skip
def test_what_is_there_is_answered_as_described(peppi: Publisher, described: BaseSchema, path: str, place: dict):
    case = described[path]["GET"].Case(path_parameters=place)
    response = case.call(headers={"Authorization": f"Bearer {peppi.secret}"})
    case.validate_response(response, checks=PROMISES)
    assert response.status_code == (410 if GONE in place.values() else 200)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(("method", "path"), [(method, path) for method, path in OPERATIONS if path in (ONE, MANY)])
def test_the_publishing_api_answers_as_described(
    peppi: Publisher, described: BaseSchema, method: str, path: str, mode: GenerationMode
):
    statuses = set()
    fixed = {"path_parameters": {"provider": "helsinki"}}
    if mode is GenerationMode.POSITIVE:
        fixed["headers"] = {}  # without conditions that refuse, so that it is done at least once
        fixed["path_parameters"] |= {"code": "REAL-1"} if method == "DELETE" else {}

    @a_few
    @given(st.data())
    def ask(data: st.DataObject):
        statuses.add(
            keeps_its_promises(
                described[path][method], mode, data, fixed=fixed,
                headers={"Authorization": f"Bearer {peppi.secret}"},
            )
        )  # fmt: skip

    ask()
    if mode is GenerationMode.POSITIVE:
        assert statuses & {"GET": {404}, "PUT": {201}, "POST": {200}, "DELETE": {204}}[method]
    else:
        assert any(status >= 400 for status in statuses)


@pytest.mark.parametrize(("method", "path"), [(method, path) for method, path in OPERATIONS if path in (ONE, MANY)])
def test_without_a_key_or_at_anothers_address_the_answer_is_described_too(
    peppi: Publisher, described: BaseSchema, method: str, path: str
):
    @a_few
    @given(st.data(), st.sampled_from([None, "Bearer", f"Bearer {peppi.secret}"]))
    def ask(data: st.DataObject, authorization: str | None):
        headers = {"Authorization": authorization} if authorization else {}
        status = keeps_its_promises(
            described[path][method], GenerationMode.POSITIVE, data,
            fixed={"path_parameters": {"provider": "sivis"}}, headers=headers,
        )  # fmt: skip
        assert status in (401, 404)

    ask()
