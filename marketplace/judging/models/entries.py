"""An eligible solution as judges see it."""

from dataclasses import dataclass

from marketplace.solutions.models import Solution, SolutionVersion


@dataclass(frozen=True)
class Entry:
    """An eligible solution as judges see it: what was received last, never its draft."""

    solution: Solution
    version: SolutionVersion

    @property
    def title_vi(self) -> str | None:
        return self.version.content.get("title_vi")

    @property
    def title_en(self) -> str | None:
        return self.version.content.get("title_en")
