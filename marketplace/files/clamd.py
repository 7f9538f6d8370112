"""The one thing we ask of ClamAV: INSTREAM of clamd, over TCP or a socket of this machine."""

from collections.abc import Iterable, Iterator
from typing import Any

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket


class ScannerSilent(OSError):
    """The scanner cannot be reached, hangs, or answers what it never should."""


def malware_in(content: Iterable[bytes], *, address: str, timeout: int = 20) -> str | None:
    """The name of what clamd finds in these bytes, or None; `address` is host:port or a path, `timeout` in seconds.

    Raises ScannerSilent.
    """
    stream: Any = _Readable(iter(content))
    try:
        found = _client(address, timeout).instream(stream)
    except (ClamdError, OSError) as error:
        raise ScannerSilent(str(error)) from error
    status, name = found.get("stream", ("nothing", None))
    if status not in {"OK", "FOUND"}:
        raise ScannerSilent(status)
    return (name or "?") if status == "FOUND" else None


def _client(address: str, timeout: int) -> ClamdNetworkSocket:
    host, parting, port = address.rpartition(":")
    if parting and port.isdigit():
        return ClamdNetworkSocket(host, int(port), timeout)
    return ClamdUnixSocket(address, timeout)


class _Readable:
    """Pieces as something that clamav-client can read from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.held = pieces, b""

    def read(self, size: int) -> bytes:
        while len(self.held) < size and (piece := next(self.pieces, b"")):
            self.held += piece
        taken, self.held = self.held[:size], self.held[size:]
        return taken
