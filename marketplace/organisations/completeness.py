"""What a profile still lacks to be found and believed: a checklist, not a score. Pure."""

from marketplace.organisations.models import Organisation
from marketplace.organisations.showing import Face
from marketplace.organisations.stages import Audience


def missing_parts(organisation: Organisation) -> list[str]:
    """The parts nobody wrote yet, as keys of labels.PROFILE_GAPS; whether they are for everyone does not matter."""
    face = Face(organisation, Audience.OWN)
    written = {
        "summary": face.summary_vi or face.summary_en,
        "english": face.name_en and (face.summary_en or not face.summary_vi),
        "capabilities": face.capabilities,
        "fields": face.fields,
        "place": face.place_code,
        "track_record": organisation.lines,
        "source": not organisation.lines or any(line.source for line in organisation.lines),
        "contact": face.contact,
    }
    return [part for part, value in written.items() if not value]
