"""The catalogues of translations/: where they lie, what the code says now, and how a file is written.

English texts are the msgids. Files carry no dates and no line numbers, so two branches rarely collide.
"""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
TRANSLATIONS = ROOT / "translations"
LANGUAGES = ("vi", "en")
# what a setting means is its second argument
KEYWORDS = DEFAULT_KEYWORDS | {"lazy_gettext": None, "_l": None, "lazy_ngettext": (1, 2), "_setting": (2,)}

# Lines that would change with every run, or that name a person.
UNSTABLE = "POT-Creation-Date PO-Revision-Date Generated-By Last-Translator Language-Team Report-Msgid-Bugs-To"
UNSTABLE_HEADERS = tuple(f'"{name}:'.encode() for name in UNSTABLE.split())
WIDTH = 120


def path_of(language: str, domain: str = "messages") -> Path:
    """Where the catalogue of `language` lies."""
    return TRANSLATIONS / language / "LC_MESSAGES" / f"{domain}.po"


def extract() -> Catalog:
    """Every text that code and templates ask for now, as a catalogue without translations."""
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    template = Catalog(project="marketplace", charset="utf-8")
    found = extract_from_dir(
        ROOT, methods, options, KEYWORDS, comment_tags=("Translators:",), directory_filter=_is_source
    )
    for file, _line, message, comments, context in found:
        template.add(message, locations=[(file, 0)], auto_comments=comments, context=context)
    return template


def _is_source(folder: str) -> bool:
    """Only the two folders that hold texts: the rest of the tree (.venv, build) is large."""
    parts = Path(folder).relative_to(ROOT).parts
    return not parts or (parts[0] in {"marketplace", "templates"} and parts[-1] != "__pycache__")


def shipped_template(domain: str) -> Catalog:
    """The texts of an installed package whose Vietnamese catalogue is ours: flask_security or wtforms."""
    spec = find_spec(domain)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"{domain} is not installed")
    folder = Path(spec.origin).parent
    paths = {
        "flask_security": folder / "translations" / "flask_security.pot",
        "wtforms": folder / "locale" / "wtforms.pot",
    }
    return read(paths[domain])


def read(path: Path, language: str | None = None) -> Catalog:
    """The catalogue in `path`; an empty one of `language` when there is none yet."""
    if not path.exists():
        return Catalog(locale=language, project="marketplace", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write(catalogue: Catalog, path: Path) -> None:
    """Write `catalogue` sorted and without anything that changes by itself."""
    catalogue.fuzzy = False
    catalogue.header_comment = ""
    catalogue.version = "1"
    raw = BytesIO()
    write_po(raw, catalogue, width=WIDTH, sort_output=True, include_lineno=False, ignore_obsolete=True)
    lines = raw.getvalue().lstrip().splitlines(keepends=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(line for line in lines if not line.startswith(UNSTABLE_HEADERS)))


def texts(catalogue: Catalog) -> Iterator[Message]:
    """The messages of a catalogue without its header."""
    return (message for message in catalogue if message.id)


def forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """Singular and plural of a msgid or msgstr, as a tuple also when there is one form or none yet."""
    if text is None or isinstance(text, str):
        return (text or "",)
    return tuple(text) or ("",)


def is_complete(message: Message) -> bool:
    """Whether every form of the message has a translation."""
    return all(text.strip() for text in forms(message.string))
