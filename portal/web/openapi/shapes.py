"""The small pieces of which the OpenAPI document is put together."""

from collections.abc import Mapping

SCHEMAS = "#/components/schemas/"
RESPONSES = "#/components/responses/"
TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
MOMENT = {"type": "string", "format": "date-time"}
ANY_OBJECT = {"type": "object"}


def the_schema(name: str) -> dict:
    return {"$ref": SCHEMAS + name}


def the_response(name: str) -> dict:
    return {"$ref": RESPONSES + name}


def many(item: dict) -> dict:
    return {"type": "array", "items": item}


def an_object(properties: Mapping[str, dict], required: tuple[str, ...] | None = None) -> dict:
    """All properties are required where nothing else is said."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties if required is None else required),
    }


def or_nothing(schema: dict) -> dict:
    return schema | {"type": [schema["type"], "null"]}


def content(media: str, schema: dict, **examples: object) -> dict:
    """`examples`: value by name."""
    told = {"examples": {name: {"value": value} for name, value in examples.items()}} if examples else {}
    return {media: {"schema": schema} | told}


def in_query(name: str, schema: dict, description: str = "") -> dict:
    told = {"description": description} if description else {}
    return {"name": name, "in": "query", "required": False, "schema": schema} | told


def in_path(name: str, description: str, example: str) -> dict:
    schema = {"type": "string", "minLength": 1}
    return {"name": name, "in": "path", "required": True, "schema": schema, "description": description,
            "example": example}  # fmt: skip


def header(schema: dict, description: str) -> dict:
    return {"schema": schema, "description": description}
