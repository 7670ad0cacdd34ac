"""The interface is complete in Finnish and Swedish, and its template is fresh."""

import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("fi", "sv")
PLACES = re.compile(r"%\(\w+\)[sd]|{\w+}")


def catalog(path):
    with (ROOT / "translations" / path).open("rb") as file:
        return read_po(file, ignore_obsolete=True)


def messages(path):
    """Messages of a file by their context and first form, without the header."""
    return {(message.context, first(message.id)): message for message in catalog(path) if message.id}


def first(id):
    return id[0] if isinstance(id, tuple | list) else id


def forms(value):
    return list(value) if isinstance(value, tuple | list) else [value]


@pytest.fixture(scope="module")
def template():
    return messages("messages.pot")


@pytest.fixture(params=LANGUAGES)
def translated(request):
    return messages(f"{request.param}/LC_MESSAGES/messages.po")


def test_the_template_holds_exactly_the_texts_of_code_and_templates(template):
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {
        "_": None, "gettext": None, "ngettext": (1, 2), "_l": None, "lazy_gettext": None, "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3), "N_": None,
    }  # fmt: skip
    found = set()
    for folder in ("portal", "templates"):
        mapping = [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in methods]
        found |= {
            (context, first(text))
            for _, _, text, _, context in extract_from_dir(
                ROOT / folder, mapping, _options(options, folder), keywords=keywords
            )
        }
    assert (found - set(template), set(template) - found) == (set(), set()), "run: make messages"


def _options(options, folder):
    return {pattern.removeprefix(f"{folder}/"): value for pattern, value in options.items()}


def test_there_are_texts_to_translate(template):
    assert len(template) > 100


def test_every_text_is_translated(template, translated):
    assert set(template) - set(translated) == set()
    assert [id for id, message in translated.items() if not all(forms(message.string))] == []


def test_nothing_is_translated_that_is_no_longer_said(template, translated):
    assert set(translated) - set(template) == set()


def test_no_translation_is_only_a_guess(translated):
    assert [id for id, message in translated.items() if message.fuzzy] == []


def test_a_translation_has_the_same_places_for_values_as_its_source(translated):
    wrong = []
    for message in translated.values():
        singular, plural = (set(PLACES.findall(forms(message.id)[form])) for form in (0, -1))
        wrong += [
            text for text in forms(message.string) if text and set(PLACES.findall(text)) not in (singular, plural)
        ]
    assert wrong == []


def test_a_translation_has_no_places_that_cannot_be_filled(translated):
    for message in translated.values():
        for source, text in zip(forms(message.id), forms(message.string), strict=False):
            if "{" in text:
                text.format(**{name: "x" for name in re.findall(r"{(\w+)}", source)})


def test_translations_never_use_words_that_we_do_not_show(translated):
    texts = [text for message in translated.values() for text in forms(message.string)]
    assert [text for text in texts if re.search("mikrotutkin|mikromeritt|mikro-opin", text, re.IGNORECASE)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_compiled_as_it_is_translated(language):
    compiled = ROOT / "translations" / language / "LC_MESSAGES" / "messages.mo"
    if not compiled.exists():
        pytest.skip("The translations are not compiled yet: make assets.")
    with compiled.open("rb") as file:
        in_use = GNUTranslations(file)
    source = messages(f"{language}/LC_MESSAGES/messages.po").values()
    outdated = [message.id for message in source if _said(in_use, message) != forms(message.string)]
    assert outdated == [], "run: make assets"


def _said(compiled, message):
    """The forms for one and for two, as a page would say them."""
    if len(forms(message.id)) == 2 and message.context:
        return [compiled.npgettext(message.context, *message.id, number) for number in (1, 2)]
    if len(forms(message.id)) == 2:
        return [compiled.ngettext(*message.id, number) for number in (1, 2)]
    return [compiled.pgettext(message.context, message.id) if message.context else compiled.gettext(message.id)]
