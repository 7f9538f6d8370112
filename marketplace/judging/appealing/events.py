"""What happens to appeals."""

from marketplace.events import Event


class AppealRaised(Event):
    """An entrant appealed against published results; the subject is the appeal, facts["rule"] the rule it names."""


class AppealDecided(Event):
    """An appeal was answered; the subject is the appeal, facts["verdict"] says how."""


class ResultsWithdrawn(Event):
    """Published results are public no more: the panel decides again; the subject is the challenge."""
