"""What a browser says of itself, in two words that its owner knows it by. Pure."""

# the first that fits: every browser also names those it wants to be taken for
_BROWSERS = (
    ("Edg/", "Edge"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def words_for_agent(agent: str) -> str:
    """Such as "Firefox, Windows"; the beginning of what it says where nothing is known."""
    known = [next((word for mark, word in table if mark in agent), "") for table in (_BROWSERS, _SYSTEMS)]
    return ", ".join(word for word in known if word) or agent[:40] or "?"
