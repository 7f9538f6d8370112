"""Makes the .mo files that the running site reads, where the .po beside one is newer. Git ignores them."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).parent.parent / "translations"


def main() -> int:
    """Compile every catalogue of every domain that changed."""
    for source in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns <= source.stat().st_mtime_ns:
            compile_one(source, compiled)
    return 0


def compile_one(source: Path, compiled: Path) -> None:
    """Write beside and rename, because a site that is running reads the old file meanwhile."""
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    unfinished = compiled.with_suffix(".mo.new")
    with unfinished.open("wb") as file:
        write_mo(file, catalogue)
    unfinished.replace(compiled)


if __name__ == "__main__":
    sys.exit(main())
