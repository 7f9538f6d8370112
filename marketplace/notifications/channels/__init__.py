"""Short messages beside letters: by SMS or Zalo, to a number that its owner confirmed, for the kinds they chose."""
