"""The texts of the demo: data/*.json, read once."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"


@cache
def content(name: str) -> list[dict[str, Any]]:
    """The records of data/<name>.json."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@cache
def persona_words() -> dict[str, dict[str, Any]]:
    """What is told of each demo person, by e-mail address."""
    return {person["email"]: person for person in content("people")}
