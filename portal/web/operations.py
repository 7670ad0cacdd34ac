"""What machines ask of the site: is it alive, can it serve."""

from flask import Blueprint, Response, jsonify

from portal.web.current import services

blueprint = Blueprint("operations", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    return jsonify(ok=True)


@blueprint.get("/readyz")
def ready() -> tuple[Response, int]:
    """200 when database and index can serve; says which is not, and no more."""
    findings = services().health.look()
    ok = all(finding.ok for finding in findings)
    return jsonify(ok=ok, checks={finding.name: finding.ok for finding in findings}), 200 if ok else 503
