"""A sentence for a reader whose language is not known yet: an English source text and its values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def N_(text: str) -> str:
    """Mark an English source text for the translators' catalogue; it is translated where it is shown."""
    return text


@dataclass(frozen=True)
class Message:
    """`text` is the English source (msgid) with `{name}` places, `values` what stands in them."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def render(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language of `translate` (gettext of that language)."""
        return translate(self.text).format(**self.values)

    def in_english(self) -> str:
        return self.render(str)
