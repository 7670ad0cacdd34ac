"""Offerings as schema.org Course, for search engines."""

from portal.model.offering import Offering, Run
from portal.services.catalog import Shown
from portal.web.texts import plain

_MODES = {"online": "Online", "onsite": "Onsite", "blended": "Blended"}


def course(shown: Shown, language: str, url: str) -> dict:
    """A schema.org Course with its provider, scope and runs; only what is stated."""
    offering, provider = shown.offering, shown.provider
    title, text = offering.title.choose(language), offering.summary or offering.description
    data = {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": url,
        "url": url,
        "name": title.text,
        "inLanguage": list(offering.languages),
        "description": plain(text.choose(language).text)[:5000] or title.text,
        "courseCode": offering.code,
        "provider": {"@type": "Organization", "name": provider.name.choose(language).text, "sameAs": provider.url},
        "numberOfCredits": _credits(offering),
        "teaches": [outcome.choose(language).text for outcome in offering.learning_outcomes],
        "educationalCredentialAwarded": _credential(offering),
        "hasCourseInstance": [_instance(run, offering) for run in offering.runs],
        "offers": _price(offering),
    }
    return _stated(data)


def _credits(offering: Offering) -> dict | None:
    if offering.ects is None or not offering.ects.stated or offering.ects.min != offering.ects.max:
        return None
    return {"@type": "StructuredValue", "value": float(offering.ects.min), "unitText": "ECTS"}


def _credential(offering: Offering) -> dict | None:
    certificate = offering.certificate
    if certificate is None or certificate.type in (None, "none"):
        return None
    return {"@type": "EducationalOccupationalCredential", "credentialCategory": "micro-credential"}


def _instance(run: Run, offering: Offering) -> dict:
    instance = {
        "@type": "CourseInstance",
        "courseMode": _MODES.get(run.mode or ""),
        "startDate": run.start.isoformat() if run.start else None,
        "endDate": run.end.isoformat() if run.end else None,
        "inLanguage": list(run.languages),
        "maximumAttendeeCapacity": run.seats,
    }
    if offering.ects and offering.ects.stated and offering.ects.min == offering.ects.max:
        instance["courseWorkload"] = f"PT{round(offering.ects.min * 27)}H"
    elif offering.hours:
        instance["courseWorkload"] = f"PT{round(offering.hours)}H"
    return _stated(instance)


def _price(offering: Offering) -> dict | None:
    if offering.price is None:
        return None
    category = "Free" if offering.price.is_free else "Paid"
    return {
        "@type": "Offer",
        "category": category,
        "price": float(offering.price.amount),
        "priceCurrency": offering.price.currency,
    }


def _stated(data: dict) -> dict:
    kept = {key: _stated(value) if isinstance(value, dict) else value for key, value in data.items()}
    return {key: value for key, value in kept.items() if value not in (None, "", [], {})}
