"""Small real files for the demo's attachments: each opens in the program that its name promises. Pure."""

import struct
import zlib
from collections.abc import Sequence

from marketplace.text import fold


def paper(kind: str, *, title: str, lines: Sequence[str]) -> bytes:
    """The bytes of a pdf, txt, csv or png about something."""
    return {"pdf": _pdf, "txt": _txt, "csv": _csv, "png": _png}[kind](title, lines)


def _txt(title: str, lines: Sequence[str]) -> bytes:
    return "\n".join([title, "=" * len(title), "", *lines, ""]).encode()


def _csv(title: str, lines: Sequence[str]) -> bytes:
    rows = [f'{number},"{line.replace(chr(34), chr(39))}",{number * 7 % 23}' for number, line in enumerate(lines, 1)]
    return ("\ufeff" + "\n".join(["stt,noi_dung,gia_tri", *rows, ""])).encode()


def _pdf(title: str, lines: Sequence[str]) -> bytes:
    """One page in a font that every reader has; it knows no Vietnamese letters, so the text is folded."""
    shown = [fold(line).replace("\\", " ").replace("(", "[").replace(")", "]") for line in [title, "", *lines]]
    words = [part for line in shown for part in _wrapped(line, 88)]
    drawn = "BT /F1 11 Tf 56 780 Td 15 TL " + " ".join(f"({line}) Tj T*" for line in words[:48]) + " ET"
    stream = drawn.encode("ascii", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


def _wrapped(line: str, width: int) -> list[str]:
    parts, current = [], ""
    for word in line.split():
        if len(current) + len(word) + 1 > width:
            parts.append(current)
            current = word
        else:
            current = f"{current} {word}".strip()
    return [*parts, current]


def _png(title: str, lines: Sequence[str]) -> bytes:
    """A plain bar chart, one bar a line."""
    width, height = 320, 180
    bars = [20 + (len(line) * 37) % 140 for line in lines] or [90]
    step = width // len(bars)
    rows = b""
    for y in range(height):
        row = bytearray(b"\xf7\xf3\xea" * width)
        for number, bar in enumerate(bars):
            if height - y <= bar:
                start = number * step + 6
                row[3 * start : 3 * (start + step - 12)] = b"\x1f\x5d\x57" * max(0, step - 12)
        rows += b"\x00" + bytes(row[: 3 * width])
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
