"""The oral defence of an oral round: a timetable in which nobody is twice at once, hearings, what was asked in them."""
