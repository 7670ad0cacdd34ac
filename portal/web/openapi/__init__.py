"""Describes the API as OpenAPI 3.1, from the same facets and models that answer it."""

from portal import __version__
from portal.model.offering import Offering
from portal.web.languages import base_url
from portal.web.openapi import failures, publishing, reading
from portal.web.openapi.answers import answers
from portal.web.openapi.shapes import SCHEMAS


def describe() -> dict:
    """The OpenAPI document."""
    offering = Offering.model_json_schema(ref_template=SCHEMAS + "{model}")
    parts = offering.pop("$defs", {})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Osaset",
            "version": __version__,
            "description": "Micro-credentials of Finnish universities and study centres.",
        },
        "servers": [{"url": f"{base_url()}/api/v1"}],
        "paths": reading.paths() | publishing.paths(),
        "components": {
            "schemas": parts | {"Offering": offering} | answers() | failures.schemas() | publishing.schemas(offering),
            "responses": failures.responses(),
            "securitySchemes": publishing.SECURITY,
        },
    }
