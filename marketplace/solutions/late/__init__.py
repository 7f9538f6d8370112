"""Later closings that single entrants were given by two people, with a code."""
