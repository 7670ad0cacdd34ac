"""Vocabularies: what an editor writes and an operator loads is understood, and a wrong file does no harm."""

import pytest

from portal.model.errors import PortalError
from portal.services.vocabularies import Vocabularies

HEADER = "id,fi,sv,en,fi_alt,sv_alt,en_alt\n"
BEES = 'beekeeping,mehiläistarhaus,biodling,beekeeping,mehiläistenhoito|"tarhaus",biskötsel,\n'.replace('"', "")
URI = "<http://www.yso.fi/onto/yso/p1>"
TURTLE = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix yso: <http://www.yso.fi/onto/yso/> .

yso:p5 a skos:Concept ;
    skos:prefLabel "Kanat"@fi, "höns"@sv,
        "chickens"@en ;
    skos:altLabel "Kotikanat"@fi ;
    skos:broader yso:p6 ;
    skos:note "ei nimi"@fi .

yso:p6 a skos:Concept ;
    skos:prefLabel "linnut"@fi, "lottit"@se .
"""


@pytest.fixture
def own(tmp_path):
    """The folder of the project's rows, with one row."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "trades.csv").write_text(HEADER + BEES, encoding="utf-8")
    return folder


@pytest.fixture
def vocabularies(tmp_path, own, codes, analyzer):
    return Vocabularies(tmp_path / "loaded", own, codes, analyzer)


@pytest.fixture
def find(vocabularies, analyzer):
    """Ids of the concepts that a name stands for."""

    def act(name, language="fi"):
        return [concept.id for concept in vocabularies.load().find(analyzer.key(name, language), language)]

    return act


@pytest.fixture
def write(tmp_path):
    def act(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return act


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("mehiläistarhaus", "fi"), ("Mehiläistarhauksen", "fi"), ("mehiläistenhoito", "fi"), ("biodling", "sv"),
        ("biskötsel", "sv"), ("beekeeping", "en"),
    ],
)  # fmt: skip
def test_a_row_is_found_by_each_of_its_names_in_any_form(find, name, language):
    assert find(name, language) == ["trades:beekeeping"]


def test_the_first_name_of_a_row_is_the_one_to_show(vocabularies):
    concept = next(concept for concept in vocabularies.load() if concept.id == "trades:beekeeping")
    assert [names[0] for names in concept.labels.values()] == ["mehiläistarhaus", "biodling", "beekeeping"]


def test_fields_of_education_join_in(find, codes):
    assert find(codes.label("fields", "073", "sv"), "sv") == ["isced:073"]


def test_label_files_of_three_languages_make_one_concept(vocabularies, find, write):
    files = [
        write(f"thesaurus-{code}.tsv", f"{URI}\t{label}\n") for code, label in (("fi", "kanat"), ("en", "chickens"))
    ]
    before = len(vocabularies.load())
    assert vocabularies.add(files) == before + 1
    assert find("kana") == find("chickens", "en") == [URI.strip("<>")]


@pytest.mark.parametrize("line", [f"{URI}\tKanat (linnut)", f"{URI}\t  kanat ", f"\n\n{URI}\tkanat\r\n\n"])
def test_labels_lose_their_explanations_capitals_and_blanks(vocabularies, write, line):
    vocabularies.add([write("a-fi.tsv", line)])
    assert [c.labels["fi"] for c in vocabularies.load() if c.id == URI.strip("<>")] == [["kanat"]]


def test_turtle_gives_preferred_and_alternative_names_in_our_languages(vocabularies, find, write):
    vocabularies.add([write("birds.ttl", TURTLE)])
    assert find("kanat") == find("kotikanoja") == find("höns", "sv") == find("chickens", "en")
    (concept,) = [c for c in vocabularies.load() if c.id == find("kanat")[0]]
    assert concept.labels["fi"][0] == "kanat" and find("ei nimi") == []
    assert len(find("linnut")) == 1


def test_loading_the_same_file_again_changes_nothing(vocabularies, write):
    file = write("birds.ttl", TURTLE)
    assert vocabularies.add([file]) == vocabularies.add([file])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("birds.txt", TURTLE),
        ("birds.tsv", f"{URI}\tkanat\n"),
        ("birds-de.tsv", f"{URI}\tHühner\n"),
        ("birds-fi.tsv", b"\xff\xfe\x00\x01" * 50),
        ("birds.ttl", b"\xff\xfe\x00\x01" * 50),
        ("birds-fi.tsv", "no tab in here\n"),
        ("birds.ttl", "no labels in here\n"),
        ("birds.rdf", "<rdf/>"),
    ],
)
def test_a_file_that_is_no_vocabulary_is_refused_with_a_sentence_and_does_no_harm(
    vocabularies, write, find, name, content
):
    with pytest.raises(PortalError, match=r"birds.*\."):
        vocabularies.add([write(name, content)])
    assert find("biodling", "sv") == ["trades:beekeeping"]


def test_a_file_that_is_not_there_is_told(vocabularies, tmp_path):
    with pytest.raises(PortalError, match=r"none-fi\.tsv"):
        vocabularies.add([tmp_path / "none-fi.tsv"])


def test_a_folder_is_no_file(vocabularies, tmp_path):
    (tmp_path / "folder.ttl").mkdir()
    with pytest.raises(PortalError, match=r"folder\.ttl"):
        vocabularies.add([tmp_path / "folder.ttl"])


def test_one_wrong_file_among_several_keeps_all_of_them_out(vocabularies, write, find):
    with pytest.raises(PortalError):
        vocabularies.add([write("good-fi.tsv", f"{URI}\tkanat\n"), write("bad.txt", "x")])
    assert find("kanat") == []


def test_a_row_that_an_editor_adds_is_known_at_the_next_start(own, vocabularies, find):
    before = vocabularies.load().stamp
    with (own / "trades.csv").open("a", encoding="utf-8") as file:
        file.write("hens,kananhoito,hönsskötsel,keeping hens,,,\n")
    assert find("kananhoidon") == ["trades:hens"]
    assert vocabularies.load().stamp != before


def test_a_row_that_an_editor_takes_out_is_gone(own, find):
    assert find("biodling", "sv")
    (own / "trades.csv").write_text(HEADER, encoding="utf-8")
    assert find("biodling", "sv") == []


def test_a_new_file_of_rows_joins_in(own, find):
    (own / "more.csv").write_text(HEADER + "hens,kananhoito,hönsskötsel,keeping hens,,,\n", encoding="utf-8")
    assert find("kananhoito") == ["more:hens"]


def test_what_was_compiled_is_read_again_and_gives_the_same(tmp_path, own, codes, analyzer, vocabularies):
    first = vocabularies.load()
    again = Vocabularies(tmp_path / "loaded", own, codes, analyzer).load()
    assert (again.stamp, sorted(c.id for c in again)) == (first.stamp, sorted(c.id for c in first))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\x00"])
def test_a_damaged_compiled_file_is_made_anew(tmp_path, own, codes, analyzer, content):
    (own / "more.csv").write_text(HEADER + f"x{len(content)}{content[:1].hex()},kanat,höns,hens,,,\n", encoding="utf-8")
    folder = tmp_path / "loaded"
    folder.mkdir()
    (folder / "compiled.json").write_bytes(content)
    loaded = Vocabularies(folder, own, codes, analyzer).load()
    assert [concept.id.partition(":")[0] for concept in loaded.find(analyzer.key("kanat", "fi"), "fi")] == ["more"]


def test_another_analysis_compiles_anew(tmp_path, own, codes, each_analyzer):
    loaded = Vocabularies(tmp_path / "loaded", own, codes, each_analyzer).load()
    assert [c.id for c in loaded.find(each_analyzer.key("mehiläistarhauksesta", "fi"), "fi")] == ["trades:beekeeping"]


@pytest.mark.long
def test_yso_can_be_loaded(vocabularies, find, shared):
    folder = shared / "vocab" / "yso"
    if not folder.is_dir():
        pytest.skip("The labels of YSO are not beside this checkout.")
    assert vocabularies.add(sorted(folder.glob("*.tsv"))) > 20_000
    assert "http://www.yso.fi/onto/yso/p10" in find("ympäristötietoisuus")
