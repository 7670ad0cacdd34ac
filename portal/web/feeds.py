"""What search engines read: robots.txt and the sitemap, in parts of at most 5,000 offerings."""

from flask import Blueprint, Response, abort, render_template

from portal.model.text import LANGUAGES
from portal.web.current import services
from portal.web.languages import base_url

blueprint = Blueprint("feeds", __name__)
_PER_FILE = 5_000  # three languages each; a sitemap may hold 50,000 addresses


@blueprint.get("/robots.txt")
def robots() -> Response:
    text = f"User-agent: *\nDisallow: /api/\n\nSitemap: {base_url()}/sitemap.xml\n"
    return Response(text, content_type="text/plain; charset=utf-8")


@blueprint.get("/sitemap.xml")
def index() -> Response:
    parts = max(1, -(-len(services().catalog.sitemap()) // _PER_FILE))
    return _xml(render_template("feeds/sitemap_index.xml", parts=range(1, parts + 1)))


@blueprint.get("/sitemap-<int:part>.xml")
def sitemap(part: int) -> Response:
    offerings = services().catalog.sitemap()
    if part < 1 or part > max(1, -(-len(offerings) // _PER_FILE)):
        abort(404)
    chosen = offerings[(part - 1) * _PER_FILE : part * _PER_FILE]
    return _xml(render_template("feeds/sitemap.xml", offerings=chosen, all_languages=LANGUAGES, first=part == 1))


def _xml(text: str) -> Response:
    return Response(text, content_type="application/xml; charset=utf-8")
