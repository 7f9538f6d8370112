"""What differs between two states of a solution: words of the text, files, the consortium. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marketplace.challenges.amending.differences import Piece, word_differences
from marketplace.labels import FIELDS, word
from marketplace.solutions.consortium import lines_of
from marketplace.solutions.models import Solution, SolutionVersion
from marketplace.solutions.snapshot import TEXTS, content_of, files_of


@dataclass(frozen=True)
class State:
    """A version as it was received, or the draft: `name` is "v1", "v2" … or "draft"."""

    name: str
    content: Mapping[str, Any]
    files: Sequence[Mapping[str, Any]]
    partners: Sequence[Mapping[str, Any]]
    version: SolutionVersion | None = None


@dataclass(frozen=True)
class Change:
    """One text that differs: a column's name, or for the challenge's own questions `labels` by language."""

    name: str
    pieces: list[Piece]
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FileChange:
    """A file that was "added", "removed", or "replaced" by another content under the same name."""

    kind: str
    name: str


def states_of(solution: Solution) -> list[State]:
    """Every version, first received first, then the draft."""
    versions = [
        State(f"v{version.number}", version.content, version.files, version.partners, version)
        for version in solution.versions
    ]
    return [*versions, State("draft", content_of(solution), files_of(solution), lines_of(solution))]


def text_changes(before: State, after: State) -> list[Change]:
    """Every text that differs, in the order of the form, then answers to the challenge's own questions."""
    old, new = _texts(before), _texts(after)
    labels = _labels(before) | _labels(after)
    return [
        Change(name, word_differences(old.get(name, ""), new.get(name, "")), labels.get(name, {}))
        for name in dict.fromkeys([*old, *new])
        if old.get(name, "") != new.get(name, "")
    ]


def file_changes(before: State, after: State) -> list[FileChange]:
    """What became of the files, by name."""
    old, new = ({file["name"]: file["sha256"] for file in state.files} for state in (before, after))
    kinds = {name: _kind(old.get(name), new.get(name)) for name in sorted({*old, *new})}
    return [FileChange(kind, name) for name, kind in kinds.items() if kind]


def _kind(old: str | None, new: str | None) -> str | None:
    if old == new:
        return None
    return "added" if old is None else "removed" if new is None else "replaced"


def _texts(state: State) -> dict[str, str]:
    texts = {name: _plain(state.content.get(name)) for name in TEXTS}
    texts["field"] = word(FIELDS, state.content["field"]) if state.content.get("field") else ""
    texts |= {answer["question"]: _plain(answer["value"]) for answer in state.content.get("answers", [])}
    return texts | {f"partner {line['organisation']}": _line(line) for line in state.partners}


def _labels(state: State) -> dict[str, dict[str, str]]:
    answers = {answer["question"]: _both(answer, "label") for answer in state.content.get("answers", [])}
    return answers | {f"partner {line['organisation']}": _both(line, "name") for line in state.partners}


def _both(thing: Mapping[str, Any], name: str) -> dict[str, str]:
    return {language: thing.get(f"{name}_{language}") or "" for language in ("vi", "en")}


def _line(line: Mapping[str, Any]) -> str:
    share = f"{line['share_bp'] / 100:g} %"
    return "\n".join(filter(None, [line["task"], share, line["background_ip"]]))


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
