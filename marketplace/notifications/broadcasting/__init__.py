"""One letter of the agency's to everybody of a challenge who stands at the same place: drafters, entrants, judges."""
