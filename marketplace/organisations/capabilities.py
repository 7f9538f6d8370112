"""Capabilities as people type them: one a line, "Vietnamese | English" or in one language."""

from marketplace.text import clean_line


def capabilities_from(text: str, language: str) -> list[dict[str, str]]:
    """A list of texts by language; a line without a bar is in `language`. Empty and repeated lines are left out."""
    found: list[dict[str, str]] = []
    for line in text.splitlines():
        first, bar, second = (clean_line(part) for part in line.partition("|"))
        texts = {"vi": first, "en": second} if bar else {language: first}
        said = {key: value for key, value in texts.items() if value}
        if said and said not in found:
            found.append(said)
    return found


def as_lines(capabilities: list[dict[str, str]], language: str) -> str:
    """The text from which `capabilities_from` makes the same list."""
    return "\n".join(_as_line(each, language) for each in capabilities)


def _as_line(capability: dict[str, str], language: str) -> str:
    if set(capability) == {language}:
        return capability[language]
    return f"{capability.get('vi', '')} | {capability.get('en', '')}".strip()
