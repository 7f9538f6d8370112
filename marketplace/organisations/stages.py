"""Kinds of organisation, the house each belongs to, and the roles people have in them."""

import enum


class Helix(enum.StrEnum):
    """The three houses, and those who support them."""

    STATE = "state"
    ACADEMIA = "academia"
    BUSINESS = "business"
    SUPPORT = "support"


class Kind(enum.StrEnum):
    """What an organisation is."""

    PARTY = "party"
    DEPARTMENT = "department"
    AGENCY = "agency"
    COMMUNE = "commune"
    MASS = "mass"
    PUBLIC_UNIT = "public_unit"
    STATE_OPERATOR = "state_operator"
    UNIVERSITY = "university"
    INSTITUTE = "institute"
    HOSPITAL = "hospital"
    LABORATORY = "laboratory"
    LEARNED_SOCIETY = "learned_society"
    STARTUP = "startup"
    SCIENCE_ENTERPRISE = "science_enterprise"
    ENTERPRISE = "enterprise"
    LARGE_ENTERPRISE = "large_enterprise"
    FOREIGN = "foreign"
    COOPERATIVE = "cooperative"
    HOUSEHOLD = "household"
    BUSINESS_ASSOCIATION = "business_association"
    INVESTOR = "investor"
    INCUBATOR = "incubator"
    HUB = "hub"
    EXCHANGE = "exchange"
    IP_FIRM = "ip_firm"
    COMMUNITY = "community"
    MEDIA = "media"
    ASSOCIATION = "association"
    INDIVIDUAL = "individual"
    GROUP = "group"


# Kinds that may be chosen by whoever registers an organisation, with the house each belongs to.
KINDS_TO_REGISTER = {
    Kind.UNIVERSITY: Helix.ACADEMIA,
    Kind.INSTITUTE: Helix.ACADEMIA,
    Kind.HOSPITAL: Helix.ACADEMIA,
    Kind.LABORATORY: Helix.ACADEMIA,
    Kind.LEARNED_SOCIETY: Helix.ACADEMIA,
    Kind.STARTUP: Helix.BUSINESS,
    Kind.SCIENCE_ENTERPRISE: Helix.BUSINESS,
    Kind.ENTERPRISE: Helix.BUSINESS,
    Kind.LARGE_ENTERPRISE: Helix.BUSINESS,
    Kind.FOREIGN: Helix.BUSINESS,
    Kind.COOPERATIVE: Helix.BUSINESS,
    Kind.HOUSEHOLD: Helix.BUSINESS,
    Kind.BUSINESS_ASSOCIATION: Helix.BUSINESS,
    Kind.PUBLIC_UNIT: Helix.STATE,
    Kind.STATE_OPERATOR: Helix.STATE,
    Kind.INVESTOR: Helix.SUPPORT,
    Kind.INCUBATOR: Helix.SUPPORT,
    Kind.HUB: Helix.SUPPORT,
    Kind.EXCHANGE: Helix.SUPPORT,
    Kind.IP_FIRM: Helix.SUPPORT,
    Kind.COMMUNITY: Helix.SUPPORT,
    Kind.MEDIA: Helix.SUPPORT,
    Kind.ASSOCIATION: Helix.SUPPORT,
}
# Bodies of the Party, the city and its people: they come as reference data or from the operator, and are claimed.
KINDS_TO_CLAIM = {
    Kind.PARTY: Helix.STATE,
    Kind.DEPARTMENT: Helix.STATE,
    Kind.AGENCY: Helix.STATE,
    Kind.COMMUNE: Helix.STATE,
    Kind.MASS: Helix.STATE,
}
STATE_KINDS = frozenset({Kind.DEPARTMENT, Kind.AGENCY, Kind.COMMUNE})
# Entrants that are no organisation: kept beside them so that every list, receipt and result knows one kind of entrant.
PERSONAL_KINDS = frozenset({Kind.INDIVIDUAL, Kind.GROUP})


class Role(enum.StrEnum):
    """What a member may do for the organisation; in an agency a member writes and a manager publishes."""

    OWNER = "owner"
    MANAGER = "manager"
    MEMBER = "member"
    VIEWER = "viewer"


RANK = {Role.VIEWER: 0, Role.MEMBER: 1, Role.MANAGER: 2, Role.OWNER: 3}


class Claim(enum.StrEnum):
    """Whether somebody speaks for the organisation yet."""

    UNCLAIMED = "unclaimed"
    CLAIMED = "claimed"


class EvidenceKind(enum.StrEnum):
    """What a line of a track record tells of."""

    PROJECT = "project"
    PRODUCT = "product"
    PATENT = "patent"
    PAPER = "paper"


class Audience(enum.StrEnum):
    """Who reads a part of a profile; each reads what those before it read."""

    PUBLIC = "public"
    PARTNER = "partner"
    JUDGE = "judge"
    OWN = "own"


WIDENS = {Audience.PUBLIC: 0, Audience.PARTNER: 1, Audience.JUDGE: 2, Audience.OWN: 3}
# Languages people work in, by ISO 639-1.
WORKING_LANGUAGES = ("vi", "en", "fr", "de", "ja", "ko", "zh", "ru", "es")
