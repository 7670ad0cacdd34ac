"""What a reader is told about two versions of an offering."""

from factories import make_offering

from portal.model.differences import NAMES, Difference, differences, name_of


def test_the_same_offering_differs_in_nothing():
    data = make_offering().to_json()
    assert differences(data, data) == []


def test_a_changed_text_is_told_in_its_language():
    old, new = {"title": {"fi": "Yksi", "en": "One"}}, {"title": {"fi": "Kaksi", "en": "One"}}
    assert differences(old, new) == [Difference("title.fi", "Yksi", "Kaksi")]


def test_what_was_not_stated_before_stands_as_none():
    assert differences({}, {"level": 6}) == [Difference("level", None, 6)]
    assert differences({"koski": True}, {}) == [Difference("koski", True, None)]


def test_a_run_is_compared_with_the_run_of_the_same_id():
    old = {"runs": [{"id": "a", "start": "2027-01-01"}, {"id": "b", "seats": 5}]}
    new = {"runs": [{"id": "b", "seats": 6}, {"id": "a", "start": "2027-01-01"}]}
    assert differences(old, new) == [Difference("runs[b].seats", 5, 6)]


def test_a_list_of_plain_values_and_a_range_of_credits_are_one_value():
    old, new = {"ects": 5, "languages": ["fi"]}, {"ects": {"min": 2, "max": 5}, "languages": ["fi", "sv"]}
    assert differences(old, new) == [
        Difference("ects", 5, {"min": 2, "max": 5}),
        Difference("languages", ["fi"], ["fi", "sv"]),
    ]


def test_differences_come_in_the_order_of_the_format():
    old = {
        "url": "https://example.org/1",
        "title": {"sv": "A"},
        "runs": [{"id": "1", "seats": 1, "start": "2027-01-01"}],
    }
    new = {
        "url": "https://example.org/2",
        "title": {"sv": "B"},
        "runs": [{"id": "1", "seats": 2, "start": "2027-01-02"}],
    }
    assert [item.path for item in differences(old, new)] == ["title.sv", "url", "runs[1].start", "runs[1].seats"]


def test_every_value_of_the_format_has_a_name():
    names = {path.split(".")[0] for path in NAMES}
    assert names == set(type(make_offering()).model_fields) - {"provider"}


def test_names_are_what_people_say():
    assert name_of("title.sv", str) == "Title (sv)"
    assert name_of("learning_outcomes[1].fi", str) == "Learning outcomes (2, fi)"
    assert name_of("runs[2027-k].start", str) == "Run 2027-k: First day"
    assert name_of("runs[a].b].price.amount", str) == "Run a].b: Price"
