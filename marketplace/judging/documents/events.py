"""What happens to official documents."""

from marketplace.events import Event


class DocumentMade(Event):
    """An edition was written; the subject is the document, facts: "kind", "edition" and the "sha256" of its content."""
