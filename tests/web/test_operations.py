"""What machines ask: is the portal alive, can it serve."""

import shutil
from pathlib import Path

import sqlalchemy as sa
from flask.testing import FlaskClient
from site_for_tests import EXAMPLE, OFFERINGS, open_app


def test_a_portal_that_runs_is_alive(client: FlaskClient):
    assert client.get("/healthz").json == {"ok": True}


def test_a_portal_with_database_and_index_is_ready(client: FlaskClient):
    response = client.get("/readyz")
    assert (response.status_code, response.json) == (
        200,
        {"ok": True, "checks": {"database": True, "index": True, "words": True}},
    )


def test_a_portal_without_its_index_is_not_ready_and_says_why(own_folder: Path):
    client = open_app(own_folder).test_client()
    shutil.rmtree(own_folder / "index")
    response = client.get("/readyz")
    assert (response.status_code, response.json["checks"]) == (503, {"database": True, "index": False, "words": True})


def test_a_portal_without_its_index_is_still_alive(own_folder: Path):
    client = open_app(own_folder).test_client()
    shutil.rmtree(own_folder / "index")
    assert client.get("/healthz").status_code == 200


def test_without_its_index_the_search_still_finds_the_same(own_folder: Path, client: FlaskClient):
    query = "/api/v1/offerings?field=06&scope=1-4&size=100"
    shutil.rmtree(own_folder / "index")
    answer = open_app(own_folder).test_client().get(query).json
    with_index = client.get(query).json
    assert {item["id"] for item in answer["items"]} == {item["id"] for item in with_index["items"]}
    assert answer["facets"] == with_index["facets"]


def test_without_its_index_the_search_says_so(own_folder: Path):
    shutil.rmtree(own_folder / "index")
    answer = open_app(own_folder).test_client().get("/api/v1/offerings?lang=en").json
    assert answer["notice"] == "The search is being renewed. Results may be in a different order for a while."


def test_readiness_tells_nothing_about_the_inside(own_folder: Path):
    client = open_app(own_folder).test_client()
    shutil.rmtree(own_folder / "index")
    assert str(own_folder) not in client.get("/readyz").get_data(as_text=True)


def test_a_withdrawal_shows_at_once_though_the_index_is_not_new(own_folder: Path):
    app = open_app(own_folder)
    client = app.test_client()
    app.extensions["services"].store.withdraw("helsinki", ["REAL-1"])
    assert client.get("/fi/offerings/helsinki-real-1").status_code == 410
    items = client.get("/api/v1/offerings?q=hiljaisuuden+historia").json["items"]
    assert "helsinki-real-1" not in [item["id"] for item in items]


def test_no_limits_file_means_no_limit_but_no_failure(own_folder: Path):
    client = open_app(own_folder, search_rate="1/minute").test_client()
    for path in own_folder.glob("limits.sqlite3*"):
        path.unlink()
    (own_folder / "limits.sqlite3").mkdir()
    assert client.get("/fi/search").status_code == 200


def test_behind_a_proxy_that_is_trusted_addresses_are_secure(own_folder: Path):
    client = open_app(own_folder, trusted_proxies=1).test_client()
    response = client.get("/fi/", headers={"X-Forwarded-Proto": "https", "X-Forwarded-Host": "osaset.example"})
    assert "max-age=" in response.headers["Strict-Transport-Security"]
    assert '<link rel="canonical" href="https://osaset.example/fi/">' in response.get_data(as_text=True)


def test_a_proxy_that_is_not_trusted_is_not_believed(client: FlaskClient):
    response = client.get("/fi/", headers={"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"})
    assert "evil.example" not in response.get_data(as_text=True)


def test_addresses_that_leave_the_site_use_the_set_base(own_folder: Path):
    client = open_app(own_folder, base_url="https://osaset.example").test_client()
    assert "https://osaset.example/sitemap.xml" in client.get("/robots.txt").get_data(as_text=True)
    assert "http://localhost" not in client.get("/sitemap-1.xml").get_data(as_text=True)


def test_a_portal_with_nothing_but_examples_says_so_on_every_page(own_folder: Path):
    app = open_app(own_folder)
    store = app.extensions["services"].store
    told = "Example data: everything here is invented."
    assert told not in app.test_client().get("/en/about").get_data(as_text=True)
    for offering in OFFERINGS:
        store.withdraw(offering["provider"], [offering["code"]])
    with app.extensions["services"].database.write() as connection:
        connection.execute(sa.text("DELETE FROM interest WHERE example = 0"))
        connection.execute(sa.text("DELETE FROM offering WHERE example = 0"))
    for path in ("", "search", "about", f"offerings/{EXAMPLE}"):
        assert told in app.test_client().get(f"/en/{path}").get_data(as_text=True)
