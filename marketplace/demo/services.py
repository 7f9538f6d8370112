"""Making the demo year."""


def make_demo() -> None:
    """Make the demo data that is not there yet."""
