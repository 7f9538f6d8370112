"""A website as somebody typed it: one way to write it, and whether a browser can go there. Pure."""

from urllib.parse import urlsplit


def normalised_web_address(text: str) -> str:
    """The address with its scheme, https:// where none was typed. Raises ValueError for what is no web address."""
    address = text if "://" in text else f"https://{text}"
    parts = urlsplit(address)
    port_is_sensible = parts.port is None or parts.port > 0
    has_host = "." in (parts.hostname or "").strip(".")
    is_plain = " " not in address and not parts.username
    if parts.scheme not in {"http", "https"} or not (has_host and port_is_sensible and is_plain):
        raise ValueError("no web address")
    return address
