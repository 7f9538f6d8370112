"""Passkeys: keys that a phone or computer opens for its owner; one is as good as password and code together."""
