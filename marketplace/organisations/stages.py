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

    DEPARTMENT = "department"
    AGENCY = "agency"
    COMMUNE = "commune"
    MASS = "mass"
    UNIVERSITY = "university"
    INSTITUTE = "institute"
    ENTERPRISE = "enterprise"
    STARTUP = "startup"
    COOPERATIVE = "cooperative"
    HUB = "hub"
    INCUBATOR = "incubator"
    INVESTOR = "investor"
    ASSOCIATION = "association"
    FOREIGN = "foreign"
    INDIVIDUAL = "individual"
    GROUP = "group"


# Kinds that may be chosen by whoever registers an organisation; state bodies come as reference data and are claimed.
KINDS_TO_REGISTER = {
    Kind.UNIVERSITY: Helix.ACADEMIA,
    Kind.INSTITUTE: Helix.ACADEMIA,
    Kind.ENTERPRISE: Helix.BUSINESS,
    Kind.STARTUP: Helix.BUSINESS,
    Kind.COOPERATIVE: Helix.BUSINESS,
    Kind.INVESTOR: Helix.SUPPORT,
    Kind.INCUBATOR: Helix.SUPPORT,
    Kind.ASSOCIATION: Helix.SUPPORT,
    Kind.FOREIGN: Helix.BUSINESS,
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
