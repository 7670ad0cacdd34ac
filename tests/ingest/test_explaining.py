"""What a report advises: codes to choose from stand beside the names that people know them by."""

import pytest

from portal.ingest.code_lists import CODE_LISTS
from portal.ingest.explaining import CHOICES
from portal.model.text import LANGUAGES
from portal.services.wording import translator


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", CHOICES)
def test_a_remedy_names_every_choice_in_the_readers_language(codes, path, language):
    chosen = codes[CODE_LISTS[path.removeprefix("runs.")]]
    sentence = CHOICES[path].render(translator(language))
    for code in chosen:
        assert code in sentence
        assert language == "en" or chosen.label(code, language) in sentence
