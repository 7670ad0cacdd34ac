"""Schemas of what the open API answers, for the OpenAPI document."""

from portal.web.openapi.shapes import ANY_OBJECT, MOMENT, NUMBER, TEXT, an_object, many, or_nothing, the_schema


def answers() -> dict:
    """By name."""
    return {
        "SearchAnswer": _search(),
        "Item": _item(),
        "OfferingAnswer": _offering(),
        "Withdrawn": an_object({"id": TEXT, "state": {"const": "withdrawn"}, "withdrawn_at": MOMENT}),
        "Suggestions": an_object({"suggestions": many(_suggestion())}),
        "DemandAnswer": _demand(),
    }


def _search() -> dict:
    value = an_object({"value": TEXT, "label": TEXT, "count": NUMBER})
    part = an_object({"kind": TEXT, "text": TEXT, "also": many(TEXT)})
    always = {
        "total": NUMBER,
        "page": NUMBER,
        "items": many(the_schema("Item")),
        "related": many(the_schema("Item")),
        "facets": {"type": "object", "additionalProperties": many(value)},
        "understood": an_object({"parts": many(part)}),
        "did_you_mean": or_nothing(TEXT),
    }
    return an_object(always | {"notice": TEXT}, tuple(always))


def _item() -> dict:
    return an_object(
        {"id": TEXT, "provider": TEXT, "code": TEXT, "title": ANY_OBJECT, "provider_name": TEXT,
         "pok": {"type": "boolean"}, "score": {"type": "number"}}
    )  # fmt: skip


def _offering() -> dict:
    status = {"enum": ["met", "missing", "not_applicable"]}
    check = an_object({"id": TEXT, "status": status, "title": TEXT, "reason": TEXT})
    facts = {
        "id": TEXT,
        "state": {"const": "published"},
        "revision": NUMBER,
        "updated_at": MOMENT,
        "pok": an_object({"met": {"type": "boolean"}, "version": TEXT, "checks": many(check)}),
        "detected_languages": {"type": "object", "additionalProperties": TEXT},
    }
    return {"allOf": [the_schema("Offering")]} | an_object(facts)


def _suggestion() -> dict:
    kinds = TEXT | {"enum": ["concept", "offering", "field", "provider"]}
    return an_object({"kind": kinds, "value": TEXT, "label": TEXT, "url": TEXT})


def _demand() -> dict:
    """Every number of people, employers and searches is rounded down to five; 0 stands for fewer than `minimum` too."""
    rounded = {"type": "integer", "minimum": 0, "multipleOf": 5}
    levels = ("curious", "would_take_part", "would_pay")
    asked = {name: rounded for name in ("people", *levels, "confirmed", "employers", "seats_asked_for", "searches")}
    always = {"built_at": or_nothing(MOMENT), "total": {"type": ["object", "null"], "properties": asked}}
    told = {
        "tables": {"type": "object", "additionalProperties": many(_line(asked))},
        "minimum": {"type": "integer", "minimum": 5},
        "rounded_down_to": NUMBER,
        "example": {"type": "boolean"},
        "quarters": many(TEXT),
        "offerings": many(ANY_OBJECT),
        "proposals": many(ANY_OBJECT),
        "searches": many(ANY_OBJECT),
        "funnel": ANY_OBJECT,
        "weights": ANY_OBJECT,
        "conversion": ANY_OBJECT,
    }
    return an_object(always | told, ("built_at", "total", "tables"))


def _line(asked: dict) -> dict:
    """One row of a table of demand."""
    return an_object(
        asked
        | dict.fromkeys(("field", "field_name", "value", "value_name"), TEXT)
        | dict.fromkeys(("offerings", "seats_offered", "index", "gap"), NUMBER)
        | {"quarters": {"type": "object", "additionalProperties": NUMBER}}
        | {"trend": {"enum": ["rising", "steady", "falling", None]}, "next_start": or_nothing(TEXT)},
        ("field", "value", *asked, "offerings", "seats_offered", "index", "gap"),
    )
