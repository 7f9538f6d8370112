"""The panel as a committee: what its members say of an entry, what they vote on, and the minutes of it."""
