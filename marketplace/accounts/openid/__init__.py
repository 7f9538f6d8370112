"""Sign-in through an identity provider outside, such as a city's (OpenID Connect); off until the settings name one."""
