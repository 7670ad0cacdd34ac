"""Who offers learning: universities, study centres, folk high schools and others."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from portal.model.offering import Email, Part, ProviderId, RegionCode, Url
from portal.model.text import LocalizedText

ProviderType = Literal["university", "uas", "study_centre", "folk_high_school", "adult_education_centre", "other"]
PROVIDER_TYPES: tuple[str, ...] = ProviderType.__args__
HIGHER_EDUCATION = frozenset({"university", "uas"})

Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]


class Provider(Part):
    """One organisation. `contact_email` receives reminders and is never shown."""

    id: ProviderId
    type: ProviderType
    name: LocalizedText
    abbreviations: tuple[Name, ...] = ()
    oid: Annotated[str, StringConstraints(pattern=r"^[0-9.]{1,100}$")] | None = None
    url: Url | None = None
    region: RegionCode | None = None
    aliases: tuple[Name, ...] = ()
    contact_email: Email | None = None
    fields: tuple[str, ...] = Field(default=())

    @property
    def is_higher_education(self) -> bool:
        return self.type in HIGHER_EDUCATION
