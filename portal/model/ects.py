"""Scope in ECTS credits, exact in tenths, and the bands by which people choose it."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

BANDS = {
    "lt1": (0, 10),
    "1-4": (10, 50),
    "5-9": (50, 100),
    "10-29": (100, 300),
    "30-59": (300, 600),
    "60+": (600, None),
}
"""Half-open bands [from, to) in tenths of a credit; 4.5 credits lie in `1-4`."""


def plain_number(value: Decimal) -> int | float:
    """A decimal as JSON writes it: 5, not 5.0; 1.5 stays 1.5."""
    return int(value) if value == value.to_integral_value() else float(value)


def _not_boolean(value: object) -> object:
    if isinstance(value, bool):
        raise PydanticCustomError("number_expected", "a number is expected")
    return Decimal(str(value)) if isinstance(value, float) else value


Number = Annotated[
    Decimal,
    BeforeValidator(_not_boolean),
    PlainSerializer(plain_number, return_type=int | float),
    WithJsonSchema({"type": "number", "minimum": 0}),
    Field(ge=0, le=100_000, allow_inf_nan=False, max_digits=9, decimal_places=3),
]


class Ects(BaseModel):
    """Credits from `min` to `max`; equal for a fixed scope, both zero when it is not stated."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    min: Number
    max: Number

    @model_validator(mode="after")
    def _in_order(self) -> "Ects":
        if self.min > self.max:
            raise PydanticCustomError("range_reversed", "the smaller number comes first")
        return self

    @property
    def stated(self) -> bool:
        return self.max > 0

    @property
    def tenths(self) -> tuple[int, int]:
        """Smallest and largest scope in whole tenths of a credit."""
        return int(self.min * 10), int(self.max * 10)

    def bands(self) -> tuple[str, ...]:
        """Every band that the scope overlaps; none when it is not stated."""
        if not self.stated:
            return ()
        low, high = self.tenths
        return tuple(band for band, (start, end) in BANDS.items() if high >= start and (end is None or low < end))


def _read(value: object) -> object:
    """A single number stands for a scope from itself to itself."""
    if isinstance(value, Ects | dict):
        return value
    return {"min": value, "max": value}


def _write(value: Ects) -> object:
    return (
        plain_number(value.min)
        if value.min == value.max
        else {"min": plain_number(value.min), "max": plain_number(value.max)}
    )


EctsField = Annotated[
    Ects,
    BeforeValidator(_read),
    PlainSerializer(_write),
    WithJsonSchema(
        {
            "description": "Credits; 0 means not stated.",
            "anyOf": [
                {"type": "number", "minimum": 0},
                {
                    "type": "object",
                    "properties": {"min": {"type": "number", "minimum": 0}, "max": {"type": "number", "minimum": 0}},
                    "required": ["min", "max"],
                },
            ],
        }
    ),
]
