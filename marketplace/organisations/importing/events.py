"""What happens to imports; the subject is the import. Its rows are counted, not told one by one."""

from marketplace.events import Event


class ImportChecked(Event):
    """A table was looked at row by row; facts count what would become of its rows."""


class ImportStarted(Event):
    """The operator let its rows come in."""


class OrganisationsImported(Event):
    """A batch of rows came in: facts "rows" (first and last number), "added"; search and suggestions hear of it."""


class ImportUndone(Event):
    """The operator took the rows back; facts count those taken back and those that stay."""
