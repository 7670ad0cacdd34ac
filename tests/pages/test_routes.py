"""Every address of the site stands here, so that none appears or vanishes unnoticed.

Those of the desk stand in test_role_matrix.py, with who may see them.
"""

from flask import Flask
from werkzeug.routing import Rule

LANG = "/<any(fi,sv,en):lang>"
ROUTES = {
    "/",
    f"{LANG}/",
    f"{LANG}/search",
    f"{LANG}/search/",
    f"{LANG}/search/unsuitable",
    f"{LANG}/offerings/<offering_id>",
    f"{LANG}/offerings/<offering_id>/interest",
    f"{LANG}/offerings/<offering_id>/report",
    f"{LANG}/proposals/",
    f"{LANG}/proposals/<proposal_id>",
    f"{LANG}/proposals/<proposal_id>/join",
    f"{LANG}/proposals/<proposal_id>/report",
    f"{LANG}/proposals/new",
    f"{LANG}/proposals/similar",
    f"{LANG}/mail/<any(confirm,unsubscribe,withdraw,erase):purpose>/<token>",
    f"{LANG}/mail/feedback/<token>",
    f"{LANG}/providers/",
    f"{LANG}/providers/<provider_id>",
    f"{LANG}/providers/join",
    f"{LANG}/providers/join/template.<any(xlsx,csv):ending>",
    f"{LANG}/demand",
    f"{LANG}/demand/method",
    f"{LANG}/demand.csv",
    f"{LANG}/demand.xlsx",
    f"{LANG}/demand.atom",
    f"{LANG}/about",
    f"{LANG}/privacy",
    f"{LANG}/privacy/erase",
    f"{LANG}/accessibility",
    "/api/v1/offerings",
    "/api/v1/offerings/<offering_id>",
    "/api/v1/schema/offering.json",
    "/api/v1/suggest",
    "/api/v1/demand",
    "/api/v1/openapi.json",
    "/api/v1/providers/<provider_id>/offerings",
    "/api/v1/providers/<provider_id>/offerings/<code:code>",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-<int:part>.xml",
    "/healthz",
    "/readyz",
    "/static/<path:filename>",
}


def _rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if not rule.rule.startswith(f"{LANG}/desk/")]


def test_the_site_has_the_addresses_that_stand_here_and_no_others(app: Flask):
    assert {rule.rule for rule in _rules(app)} == ROUTES


FORMS = {
    f"{LANG}/search/unsuitable",
    f"{LANG}/offerings/<offering_id>/interest",
    f"{LANG}/offerings/<offering_id>/report",
    f"{LANG}/proposals/<proposal_id>/join",
    f"{LANG}/proposals/<proposal_id>/report",
    f"{LANG}/proposals/new",
    f"{LANG}/mail/<any(confirm,unsubscribe,withdraw,erase):purpose>/<token>",
    f"{LANG}/mail/feedback/<token>",
    f"{LANG}/privacy/erase",
}
BY_KEY = {route for route in ROUTES if route.startswith("/api/v1/providers/")}


def test_only_forms_are_sent_and_everything_else_is_read(app: Flask):
    rules = [rule for rule in _rules(app) if rule.rule not in BY_KEY]
    assert {rule.rule for rule in rules if "POST" in rule.methods} == FORMS
    methods = {method for rule in rules for method in rule.methods}
    assert methods == {"GET", "HEAD", "OPTIONS", "POST"}


def test_every_described_path_of_the_api_is_there(app: Flask):
    described = app.test_client().get("/api/v1/openapi.json").json["paths"]
    names = {"{id}": "<offering_id>", "{provider}": "<provider_id>", "{code}": "<code:code>"}
    paths = {f"/api/v1{path}" for path in described}
    for name, place in names.items():
        paths = {path.replace(name, place) for path in paths}
    assert paths == {route for route in ROUTES if route.startswith("/api/")}
