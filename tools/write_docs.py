"""`make docs`: docs/stages.md from the tables of moves, docs/settings.md from the settings, so that neither can lie."""

import sys
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))


def main() -> int:
    """Write both pages."""
    docs = ROOT / "docs"
    docs.mkdir(exist_ok=True)
    (docs / "stages.md").write_text("\n".join(stages_page()) + "\n", encoding="utf-8")
    (docs / "settings.md").write_text("\n".join(settings_page()) + "\n", encoding="utf-8")
    return 0


def stages_page() -> Iterator[str]:
    """Every life that has a table of moves, as a picture and as the table itself."""
    yield "# Stages"
    yield ""
    yield "Written by `make docs` from `MOVES` in each package. A stage changes by one of these moves or not at all."
    for path in sorted((ROOT / "marketplace").glob("*/stages.py")):
        stages = import_module(f"marketplace.{path.parent.name}.stages")
        if hasattr(stages, "MOVES"):
            yield from life(path.parent.name, stages)


def life(name: str, stages: ModuleType) -> Iterator[str]:
    """One life."""
    yield from ("", f"## {name}", "", "```mermaid", "stateDiagram-v2")
    for move, (sources, target) in stages.MOVES.items():
        for source in sorted(sources):
            yield f"    {source.value} --> {target.value}: {move}"
    yield from ("```", "", "| move | from | to |", "|---|---|---|")
    for move, (sources, target) in stages.MOVES.items():
        yield f"| {move} | {', '.join(sorted(stage.value for stage in sources))} | {target.value} |"


def settings_page() -> Iterator[str]:
    """Every setting with its default."""
    from marketplace.settings import Settings  # noqa: PLC0415 - the path above comes first

    yield "# Settings"
    yield ""
    yield "Written by `make docs` from `marketplace/settings.py`. Each is an environment variable."
    yield ""
    yield "| variable | default | what |"
    yield "|---|---|---|"
    for setting in fields(Settings):
        default = f"`{setting.default}`" if setting.default != "" else "empty"
        yield f"| `{setting.name.upper()}` | {default} | {setting.metadata.get('comment', '')} |"


if __name__ == "__main__":
    sys.exit(main())
