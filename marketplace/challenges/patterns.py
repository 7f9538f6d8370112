"""What a draft may begin with, kept in data/patterns.json: usual criteria, prizes, rules and wordings."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from marketplace.challenges.stages import Field, IpTerms, RuleKind

FILE = Path(__file__).parent / "data" / "patterns.json"
NAMES = ("pilot", "contest", "data")


@cache
def _patterns() -> dict[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8"))


def pattern(name: str) -> dict[str, Any]:
    """What edit_challenge is to change for a draft of this pattern; raises KeyError for an unknown one."""
    told = _patterns()[name]
    columns = dict(told["columns"])
    columns["ip_terms"] = IpTerms(columns["ip_terms"])
    prizes = [line | {"field": Field(line["field"]) if line["field"] else None} for line in told["prizes"]]
    rules = [{"kind": RuleKind(rule["kind"]), "values": list(rule["values"])} for rule in told["eligibility"]]
    return columns | {"criteria": told["criteria"], "prizes": prizes, "eligibility": rules}
