"""Looking at the site as somebody else sees it: an operator, for a reason, a quarter of an hour, changing nothing."""
