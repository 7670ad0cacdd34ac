"""The columns of a table file: their names in three languages, where their values belong and how they are written."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "text", "code", "number", "scope", "whole", "yes_no", "choice", "choices", "lines", "price", "day", "field",
    "municipality", "region", "parts", "list",
]  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column. path: its place in the JSON shape without indexes; fi, sv: further names that it is known by."""

    name: str
    path: str
    kind: Kind
    fi: tuple[str, ...] = ()
    sv: tuple[str, ...] = ()

    @property
    def of_run(self) -> bool:
        return self.path.startswith("runs.")


def _by_language(
    name: str, path: str, fi: tuple[str, ...], sv: tuple[str, ...], kind: Kind = "text"
) -> tuple[Column, ...]:
    """The columns of a text in three languages; `nimi` alone is the Finnish one, `namn` alone the Swedish one."""
    return tuple(
        Column(
            f"{name}_{language}",
            f"{path}.{language}",
            kind,
            tuple(f"{word}_{language}" for word in fi) + (fi if language == "fi" else ()),
            tuple(f"{word}_{language}" for word in sv) + (sv if language == "sv" else ()),
        )
        for language in ("fi", "sv", "en")
    )


COLUMNS: tuple[Column, ...] = (
    Column("provider", "provider", "code", ("järjestäjä",), ("anordnare",)),
    Column("code", "code", "code", ("koodi", "tunniste"), ("kod",)),
    *_by_language("title", "title", ("nimi", "otsikko"), ("namn", "rubrik")),
    *_by_language("summary", "summary", ("tiivistelmä",), ("sammanfattning",)),
    *_by_language("description", "description", ("kuvaus",), ("beskrivning",)),
    *_by_language("learning_outcomes", "learning_outcomes", ("osaamistavoitteet",), ("lärandemål",), "lines"),
    Column(
        "ects",
        "ects",
        "scope",
        ("laajuus", "opintopisteet", "laajuus_op"),
        ("omfattning", "studiepoäng", "omfattning_sp"),
    ),
    Column("hours", "hours", "number", ("tunnit", "tuntimäärä"), ("timmar",)),
    Column("field", "field", "field", ("ala", "koulutusala"), ("område", "utbildningsområde")),
    Column("level", "level", "whole", ("taso",), ("nivå",)),
    Column(
        "languages",
        "languages",
        "choices",
        ("opetuskielet", "opetuskieli", "kielet"),
        ("undervisningsspråk", "språk"),
    ),
    Column("assessment_methods", "assessment.methods", "choices", ("arviointimenetelmät",), ("bedömningsmetoder",)),
    *_by_language("assessment", "assessment.description", ("arviointi",), ("bedömning",)),
    Column("supervision", "assessment.supervision", "choice", ("valvonta",), ("övervakning",)),
    Column("certificate_type", "certificate.type", "choice", ("todistus",), ("intyg",)),
    Column("certificate_shareable", "certificate.shareable", "yes_no", ("todistus_jaettavissa",), ("intyg_delbart",)),
    *_by_language(
        "quality",
        "quality_assurance.description",
        ("laadunvarmistus", "laatu"),
        ("kvalitetssäkring", "kvalitet"),
    ),
    Column("quality_url", "quality_assurance.url", "text", ("laadunvarmistus_osoite",), ("kvalitetssäkring_adress",)),
    *_by_language("prerequisites", "prerequisites", ("edeltävä_osaaminen", "esitiedot"), ("förkunskaper",)),
    Column("stackable", "stackable.kind", "choice", ("kerryttävyys",), ("kumulativ",)),
    Column("part_of", "stackable.part_of", "parts", ("osa_kokonaisuutta",), ("del_av",)),
    Column("koski", "koski", "yes_no"),
    Column("target_groups", "target_groups", "choices", ("kohderyhmät",), ("målgrupper",)),
    *_by_language("keywords", "keywords", ("avainsanat", "asiasanat"), ("nyckelord",), "lines"),
    Column("skills", "skills", "list", ("taidot",), ("färdigheter",)),
    Column("price", "price", "price", ("hinta",), ("pris",)),
    Column("organisations", "organisations.available", "yes_no", ("organisaatioille",), ("för_organisationer",)),
    Column("organisations_min_group", "organisations.min_group", "whole", ("ryhmän_vähimmäiskoko",), ("minsta_grupp",)),
    Column(
        "organisations_contact",
        "organisations.contact",
        "text",
        ("organisaatioiden_yhteys",),
        ("organisationers_kontakt",),
    ),
    Column("grading", "grading", "choice", ("arvosteluasteikko", "arviointiasteikko"), ("bedömningsskala",)),
    *_by_language("recognition", "recognition", ("hyväksiluku",), ("tillgodoräknande",)),
    *_by_language("guidance", "guidance", ("ohjaus",), ("handledning",)),
    Column(
        "contact_email",
        "contact.email",
        "text",
        ("sähköposti", "yhteyshenkilön_sähköposti"),
        ("e_post", "kontakt_e_post"),
    ),
    Column("contact_url", "contact.url", "text", ("yhteystiedot",), ("kontakt",)),
    Column("partners", "partners", "choices", ("kumppanit",), ("partner",)),
    Column("url", "url", "text", ("osoite", "verkkosivu", "linkki"), ("adress", "webbplats", "länk")),
    Column("example", "example", "yes_no", ("esimerkki",), ("exempel",)),
    Column("run_id", "runs.id", "code", ("toteutus_id", "toteutus"), ("genomförande_id", "genomförande")),
    Column("run_start", "runs.start", "day", ("alkaa", "toteutus_alkaa"), ("börjar", "genomförande_börjar")),
    Column("run_end", "runs.end", "day", ("päättyy", "toteutus_päättyy"), ("slutar", "genomförande_slutar")),
    Column("run_enrol_from", "runs.enrol_from", "day", ("ilmoittautuminen_alkaa",), ("anmälan_börjar",)),
    Column("run_enrol_by", "runs.enrol_by", "day", ("ilmoittautuminen_päättyy",), ("anmälan_slutar",)),
    Column("run_mode", "runs.mode", "choice", ("opetustapa", "toteutustapa"), ("studieform",)),
    Column("run_pace", "runs.pace", "choice", ("tahti",), ("takt",)),
    Column("run_languages", "runs.languages", "choices", ("toteutus_kielet",), ("genomförande_språk",)),
    Column("run_municipality", "runs.municipality", "municipality", ("paikkakunta", "kunta"), ("kommun", "ort")),
    Column("run_region", "runs.region", "region", ("maakunta",), ("landskap",)),
    Column("run_seats", "runs.seats", "whole", ("paikkoja", "paikat"), ("platser",)),
    Column("run_price", "runs.price", "price", ("toteutus_hinta",), ("genomförande_pris",)),
    Column("run_url", "runs.url", "text", ("toteutus_osoite",), ("genomförande_adress",)),
)


def plain_header(text: str) -> str:
    """A header without case, blanks, underscores and hyphens: `Run-ID` and `run_id` are one."""
    return re.sub(r"[\s_\-‐–\u200b\ufeff]+", "", unicodedata.normalize("NFKC", text)).casefold()


Known = Mapping[str, Column | None]
"""What plain headers mean; None for a column that is left out without a word."""

REMARKS = ("remarks", "huomautukset", "anmärkningar")
"""Headers of the column that we add to a table when we give it back."""


def _by_header() -> Known:
    known: dict[str, Column | None] = {name: None for name in REMARKS}
    for column in COLUMNS:
        for name in (column.name, *column.fi, *column.sv):
            known.setdefault(plain_header(name), column)
    return known


COLUMN_BY_HEADER: Known = _by_header()
COLUMN_BY_NAME: Mapping[str, Column] = {column.name: column for column in COLUMNS}


def known_with(own: Mapping[str, str]) -> Known:
    """With a provider's own headers: plain header → name of a column, or "" for one to leave out."""
    return {**COLUMN_BY_HEADER, **{header: COLUMN_BY_NAME.get(name) for header, name in own.items()}}
