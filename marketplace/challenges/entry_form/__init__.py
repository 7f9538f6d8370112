"""The entry form of a challenge: what its agency asks of every entrant, beside the parts that every solution has."""
