"""Appeals against published results: an entrant names the rule, somebody who did not judge answers in public."""
