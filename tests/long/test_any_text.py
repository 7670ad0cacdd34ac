"""Whatever is typed, up to 2,000 bytes of it, is answered."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.model.query import SearchQuery
from portal.services.parameters import read_query

pytestmark = pytest.mark.long
BYTES = 2_000


def cut(text):
    """The text within 2,000 bytes."""
    return text.encode("utf-8", "ignore")[:BYTES].decode("utf-8", "ignore")


def _zalgo(text):
    return "".join(letter + "".join(map(chr, range(0x300, 0x320))) for letter in text)


NASTY = {
    "parser words": "ANDMAYBE " * 17,
    "parser words joined": "ANDMAYBE" * 17,
    "stars": "*****",
    "stars and letters": "a*b*c*d*?*" * 200,
    "not not": "NOT NOT x",
    "quotes": '"' * 500,
    "single quotes": "'" * 2_000,
    "brackets": "(" * 1_000 + ")" * 1_000,
    "ranges": "[1 TO 5} {a TO b]" * 100,
    "zalgo": _zalgo("tekoälyn perusteet"),
    "combining marks alone": "\u0301" * 1_000,
    "right to left": "\u202eتعلم الآلة والذكاء \u200f" * 30,
    "hebrew": "שלום עולם " * 90,
    "nuls": "\x00" * 2_000,
    "nuls in words": "te\x00ko\x00äly",
    "controls": "".join(map(chr, range(32))) * 60,
    "a": "a" * 2_000,
    "ä": "ä" * 1_000,
    "hyphens": "-" * 1_000,
    "hyphens in a word": "-".join("a" * 1_000),
    "hyphens in words": "-".join(["data"] * 400),
    "digits": "1234567890" * 200,
    "other digits": "٣٤٥ ४५६ ⅷ ² " * 60,
    "credits": "5 op " * 400,
    "large credits": "9" * 1_990 + " op",
    "credits from to": "3–5–7–9 op 1,5,6 sp alle yli 5–3 op",
    "commas": "1,2,3,4," * 250,
    "dots": ".…·。" * 200,
    "slashes": "../" * 600,
    "percent": "%00%ff%u0041" * 150,
    "a compound": "tietosuoja" * 200,
    "compounds": "hiilijalanjälkilaskentataulukko" * 60,
    "compounds apart": "tietosuojavastaavakoulutus " * 70,
    "misspelt words": "tekoälüyn johtamsien tietosoja kieliopntojen ohjelmoinitn " * 30,
    "distinct words": " ".join(f"sana{n}" for n in range(300)),
    "ligatures": "ﬁﬂﬀﬃ ŉ ǆ ﷺ" * 80,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈" * 40,
    "flags": "🇫🇮" * 250,
    "chinese": "人工智能基础" * 110,
    "surrogates": "\ud800 \udfff",
    "private use": "\ue000\uf8ff\U0010ffff" * 150,
    "turkish": "İıŞş" * 250,
    "sharp s": "ß" * 1_000,
    "joiners": "\u200b\u200c\u200d\u2060\ufeff" * 130,
    "prefixes of terms": "fi=teko sv~grund -tekoaly en^be fi+x",
    "format strings": "%s %d {0} {} ${x} {{7*7}} %(a)s" * 60,
    "html": "<script>alert(1)</script>" * 80,
    "sql": "'; DROP TABLE offering; -- " * 70,
    "lines": "a\nb\r\nc\u2028d\x85" * 150,
    "an empty text": "",
    "a space": " ",
    "spaces": "\u3000\xa0\u2003" * 250,
}
PIECES = st.sampled_from(
    [
        "tekoäly",
        "5 op",
        "3–5",
        "alle",
        "HY",
        "ÅA",
        "C++",
        "C#",
        "-",
        "–",
        "*",
        "AND",
        "NOT",
        '"',
        ":",
        "fi=",
        "\u0301",
        "٣",
        "1,5",
        "sp",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=BYTES),
    st.lists(PIECES | st.text(max_size=12), max_size=200).map(" ".join),
    st.lists(PIECES | st.text(max_size=12), max_size=200).map("".join),
    st.text("abcdefghijklmnopqrstuvwxyzåäö -", max_size=BYTES),
    st.builds(lambda part, times: part * times, st.text(min_size=1, max_size=20), st.integers(1, 2_000)),
).map(cut)


@pytest.fixture(scope="module")
def answered(shared_large, tell):
    """Answers a text as it is, and as the search page reads it; tells the slowest at the end."""
    slowest = [0.0, "", 0]

    def act(text, language="fi", literal=False):
        labels = shared_large.searching.labels(language, str)
        began = time.perf_counter()
        answer = shared_large.searching.find(SearchQuery(text=text, language=language, literal=literal), labels)
        seconds = time.perf_counter() - began
        slowest[:2] = max(slowest[:2], [seconds, text])
        slowest[2] += 1
        read, _ = read_query([("q", text), ("lang", language)], labels)
        asread = shared_large.searching.find(read, labels)
        assert not answer.degraded and not asread.degraded
        assert answer.total >= len(answer.hits) and asread.total >= len(asread.hits)

    act("lämmittely")
    slowest[:] = [0.0, "", 0]
    yield act
    tell(
        f"slowest of {slowest[2]} texts: {slowest[0] * 1000:.0f} ms, {slowest[1][:60]!r} ({len(slowest[1])} characters)"
    )


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_text_is_answered(answered, name, language):
    answered(NASTY[name] if name == "surrogates" else cut(NASTY[name]), language)


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_text_is_answered_as_it_is_typed(answered, name):
    answered(NASTY[name], literal=True)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(text=TEXTS, language=st.sampled_from(["fi", "sv", "en"]), literal=st.booleans())
def test_any_text_of_up_to_2000_bytes_is_answered(answered, text, language, literal):
    assert len(text.encode()) <= BYTES
    answered(text, language, literal)
