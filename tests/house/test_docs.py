"""The pages of docs/ that are written from the code equal it."""

from marketplace.app import ROOT
from tools.write_docs import settings_page, stages_page

DOCS = ROOT / "docs"


def test_the_page_of_stages_equals_the_tables_of_moves():
    assert (DOCS / "stages.md").read_text(encoding="utf-8") == "\n".join(stages_page()) + "\n"


def test_the_page_of_settings_equals_the_settings():
    assert (DOCS / "settings.md").read_text(encoding="utf-8") == "\n".join(settings_page()) + "\n"


def test_the_readme_is_short_and_names_both_commands():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert len(readme.splitlines()) < 120
    assert "make run" in readme
    assert "make test" in readme


def test_every_package_and_module_stands_in_the_architecture():
    tree = (DOCS / "architecture.md").read_text(encoding="utf-8")
    package = ROOT / "marketplace"
    names = [f"{path.name}/" for path in package.iterdir() if (path / "__init__.py").exists()]
    names += [path.name for path in package.glob("*.py") if path.stem != "__init__"]

    assert [name for name in names if name not in tree] == []
