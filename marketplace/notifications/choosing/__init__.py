"""One's own letters on the site, and the choice of which of them leave as e-mail, and when."""
