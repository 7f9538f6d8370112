"""`make translations`: bring both catalogues up to what code and templates say; English fills itself."""

import sys

from babel.messages.catalog import Catalog
from catalogues import LANGUAGES, ROOT, extract, forms, is_complete, path_of, read, texts, write


def main() -> int:
    """Update the files and say what Vietnamese still misses; succeeds also when something is missing."""
    template = extract()
    write(template, ROOT / "build" / "messages.pot")
    for language in LANGUAGES:
        path = path_of(language)
        catalogue = read(path, language)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        if language == "en":
            fill_with_msgids(catalogue)
        write(catalogue, path)
    report_missing(read(path_of("vi"), "vi"))
    return 0


def fill_with_msgids(catalogue: Catalog) -> None:
    """English texts say what the code says, unless somebody wrote a better one."""
    for message in texts(catalogue):
        if not is_complete(message):
            message.string = message.id


def report_missing(catalogue: Catalog) -> None:
    """Print how many Vietnamese texts are missing, and which."""
    missing = [message for message in texts(catalogue) if not is_complete(message)]
    for message in missing:
        print(f"  missing: {forms(message.id)[0]!r}")
    print(f"{len(catalogue)} texts, {len(missing)} without Vietnamese")


if __name__ == "__main__":
    sys.exit(main())
