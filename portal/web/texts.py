"""Makes providers' texts safe and readable: Markdown or HTML to harmless HTML, or to plain words."""

import re
from collections.abc import Callable
from functools import cache, lru_cache

import nh3
from markupsafe import Markup

from portal.model.text import plain_text

_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "b", "i", "a", "h3", "h4", "blockquote", "code", "pre", "table",
         "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "sub", "sup"}  # fmt: skip
_HEADING = re.compile(r"<(/?)h[1-6]\b", re.IGNORECASE)
_CUT_TAG = re.compile(r"<[a-zA-Z/!][^<>]*$")
SNIPPET = 220
_MARKS = re.compile(r"(?m)^\s*(?:[#>*+-]|\d+\.)+\s+|[*_`]{1,3}|\[([^\]]*)\]\([^)]*\)")


@cache
def _markdown() -> Callable[[str], str]:
    from markdown_it import MarkdownIt  # here, since pages of results do without and start sooner

    return MarkdownIt("commonmark", {"html": True, "breaks": True}).enable("table").render


@lru_cache(maxsize=2_000)
def safe_html(text: str) -> Markup:
    """Harmless HTML of a provider's text: no script, style, image or form; headings below the page's own."""
    cut = _CUT_TAG.sub("", text)  # real data is cut in the middle of a tag
    rendered = _HEADING.sub(r"<\1h3", _markdown()(cut))
    return Markup(
        nh3.clean(
            rendered,
            tags=_TAGS,
            clean_content_tags={"script", "style", "iframe", "noscript", "template"},
            attributes={"a": {"href"}},
            url_schemes={"https", "http", "mailto"},
            link_rel="nofollow noopener noreferrer",
        )
    )


def plain(text: str) -> str:
    """A provider's text as one line of words."""
    return " ".join(_MARKS.sub(r"\1", plain_text(_CUT_TAG.sub("", text))).split())


def snippet(text: str, length: int = SNIPPET) -> str:
    """The beginning of a text in plain words, cut at a word."""
    words = plain(text[: length * 4])
    if len(words) <= length:
        return words
    return words[:length].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
