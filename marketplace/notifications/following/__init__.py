"""Following a challenge by e-mail without an account: asked for, confirmed by a letter's link, ended by one click."""
