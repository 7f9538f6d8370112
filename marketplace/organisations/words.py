"""Words for what only organisations and experts know: who reads what, languages, evidence."""

from flask_babel import lazy_gettext as _l

PROFILE_AUDIENCES = {
    "public": _l("Everyone"),
    "partner": _l("Partners and judges"),
    "judge": _l("Judges only"),
    "own": _l("Only our own people"),
}
PROFILE_PARTS = {
    "summary": _l("Introduction of the organisation"),
    "capabilities": _l("What it is able to do"),
    "fields": _l("Fields"),
    "concepts": _l("Topics"),
    "trl": _l("Technology readiness"),
    "languages": _l("Working languages"),
    "website": _l("Website"),
    "owner_group": _l("Group or parent company"),
    "contact": _l("Contact for partners"),
}
PROFILE_GAPS = {
    "summary": _l("what the organisation does"),
    "english": _l("name and summary in English"),
    "capabilities": _l("what it is able to do"),
    "fields": _l("its fields"),
    "place": _l("its commune or ward"),
    "track_record": _l("a line of the track record"),
    "source": _l("a source for a line of the track record"),
    "contact": _l("a contact for partners"),
}
EXPERT_READERS = {
    "public": _l("Everyone"),
    "organisers": _l("Agencies that invite judges"),
    "own": _l("Only me"),
}
EXPERTISE_KINDS = {
    "paper": _l("Paper"),
    "patent": _l("Patent"),
    "project": _l("Project"),
    "role": _l("Role"),
    "award": _l("Award"),
}
SUPERVISED = {
    "by_me": _l("I supervised this person's thesis or research"),
    "me": _l("This person supervised my thesis or research"),
}
TONGUES = {
    "vi": _l("Vietnamese"),
    "en": _l("English"),
    "fr": _l("French"),
    "de": _l("German"),
    "ja": _l("Japanese"),
    "ko": _l("Korean"),
    "zh": _l("Chinese"),
    "ru": _l("Russian"),
    "es": _l("Spanish"),
}
