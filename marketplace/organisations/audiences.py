"""Who somebody is to an organisation: one of its people, a partner, a judge of what it sent, or anybody.

Higher packages know who is a partner or a judge and register their questions here.
"""

from collections.abc import Callable

from marketplace.accounts.models import Person
from marketplace.organisations.models import Organisation
from marketplace.organisations.policy import role_of
from marketplace.organisations.queries import organisations_of
from marketplace.organisations.showing import reads
from marketplace.organisations.stages import Audience, Role

Question = Callable[[Person, Organisation], bool]
_questions: list[tuple[Audience, Question]] = []


def opens(audience: Audience) -> Callable[[Question], Question]:
    """Register a question: whoever it says yes of reads what is meant for this audience."""

    def register(question: Question) -> Question:
        _questions.append((audience, question))
        return question

    return register


def audience_of(person: Person | None, organisation: Organisation) -> Audience:
    """As whom this person reads the profile. Where everything is public nobody is asked."""
    if person is None or not keeps_back(organisation):
        return Audience.PUBLIC
    if role_of(person, organisation) is not None:
        return Audience.OWN
    found = Audience.PUBLIC
    for audience, question in _questions:
        if not reads(found, audience) and question(person, organisation):
            found = audience
    return found


def keeps_back(organisation: Organisation) -> bool:
    """Whether anything of the profile is not for everyone."""
    return bool(organisation.kept_back) or len(organisation.lines) > len(organisation.track_record)


def partner_ids(person: Person) -> list[int]:
    """The organisations for which this person deals with others."""
    return [each.id for each in organisations_of(person, Role.MEMBER)]
