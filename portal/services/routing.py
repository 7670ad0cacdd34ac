"""Finds the providers that a wish concerns: those of its field, in its region or anywhere for what is held online."""

from collections.abc import Iterable

from portal.model.codes import Codes
from portal.model.proposal import Wish
from portal.model.provider import Provider


def providers_for(wish: Wish, providers: Iterable[Provider], codes: Codes) -> list[Provider]:
    """In the order of `providers`; none for a wish without a field, since it would concern everyone."""
    broad = codes.broad_field(wish.field)
    return [item for item in providers if broad and _teaches(item, broad) and _is_near(item, wish)]


def _teaches(provider: Provider, broad: str) -> bool:
    return any(code[:2] == broad for code in provider.fields)


def _is_near(provider: Provider, wish: Wish) -> bool:
    """A provider without a region works in the whole country."""
    return not wish.region or not provider.region or provider.region == wish.region or wish.mode == "online"
