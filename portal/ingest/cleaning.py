"""Characters that no text needs: NUL, other control characters, half a surrogate pair."""

import re

_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def without_control_characters(text: str) -> str:
    """The text without control characters and lone surrogates; tab and line ends stay."""
    return _UNWANTED.sub("", text)
