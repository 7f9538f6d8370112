"""People: sign-up, sign-in, sessions, language, platform roles."""
