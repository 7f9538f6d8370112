"""Under which names the site answers: that of BASE_URL and, on a loopback address, the other names of this machine."""

import re
from urllib.parse import urlsplit

# Names of one door: a browser keeps the cookies and the passkeys of each apart.
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[^\s:@/\\\[\]]+))(?::\d+)?", re.ASCII)


def answers_to(base_url: str, host: str) -> bool:
    """Whether a request that names this host is meant for the site; ports are left to proxies and tunnels."""
    asked = _name_in(host)
    return asked == urlsplit(base_url).hostname or _is_sibling(base_url, asked)


def origin_at(base_url: str, host: str) -> str:
    """The origin of whoever named this host: BASE_URL's, but on a loopback address that of the sibling they named."""
    asked = _name_in(host)
    return _with_name(base_url, asked if _is_sibling(base_url, asked) else urlsplit(base_url).hostname or "")


def named_origin(base_url: str) -> str | None:
    """On a loopback address the origin whose host is a name, not a number; elsewhere None."""
    return _with_name(base_url, "localhost") if _is_sibling(base_url, "localhost") else None


def _is_sibling(base_url: str, name: str) -> bool:
    return name in LOOPBACK and urlsplit(base_url).hostname in LOOPBACK


def _name_in(host: str) -> str:
    """The name in a Host header, without its port; empty where it is none."""
    found = _HOST.fullmatch(host.lower())
    return (found["six"] or found["name"]) if found else ""


def _with_name(base_url: str, name: str) -> str:
    address = urlsplit(base_url)
    port = f":{address.port}" if address.port else ""
    return f"{address.scheme}://{f'[{name}]' if ':' in name else name}{port}"
