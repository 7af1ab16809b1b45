"""The table of measurements: who is in it, what a miss does, and where it is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

main = pytest.importorskip("benchmarks.__main__")
rows = pytest.importorskip("benchmarks.rows")

GOOD = rows.Row("good | work", "1 s", "2 s", "≤ 3 s", True)
MISSED = rows.Row("missed work", "9 s", figure="≤ 3 s", is_reached=False)


def measuring(*found: object) -> ModuleType:
    """Return a module that measures rows, or goes wrong."""
    module = ModuleType("benchmarks.made_up")

    def give(options: object) -> Iterator[object]:
        for one in found:
            if isinstance(one, Exception):
                raise one
            yield one

    module.rows = give
    return module


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page of the docs with an old table."""
    page = tmp_path / "benchmarks.md"
    page.write_text(f"# Before\n\n{main.BEGIN}\nold\n{main.END}\n\nAfter\n")
    monkeypatch.setattr(main, "PAGE", page)
    return page


def call(monkeypatch: pytest.MonkeyPatch, module: ModuleType, *arguments: str) -> int:
    """Run the program over one module; return its exit status."""
    monkeypatch.setattr(rows, "modules", lambda: [module])
    monkeypatch.setattr("sys.argv", ["benchmarks", *arguments])
    with pytest.raises(SystemExit) as ended:
        main.main()
    return int(str(ended.value))


def test_every_module_that_measures_is_found_in_its_order() -> None:
    names = [module.__name__.removeprefix("benchmarks.") for module in rows.modules()]
    assert names[:3] == ["engines", "storing", "again"]
    assert not {"rows", "__main__", "_newspaper"} & set(names)


def test_figure_that_is_missed_ends_the_program_with_status_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], page: Path
) -> None:
    assert call(monkeypatch, measuring(GOOD)) == 0
    assert call(monkeypatch, measuring(GOOD, MISSED)) == 1
    said = capsys.readouterr().out
    assert "| good \\| work | 1 s | 2 s | ≤ 3 s | yes |" in said
    assert "| missed work | 9 s | – | ≤ 3 s | **no** |" in said


def test_work_that_went_wrong_is_a_miss_and_no_measurement(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, measuring(GOOD, rows.Wrong("lost text"), GOOD)) == 1
    said = capsys.readouterr().out
    assert said.count("good") == 1
    assert "| benchmarks.made_up | wrong: lost text | – | – | **no** |" in said


def test_table_is_written_in_the_place_of_the_old_one(
    monkeypatch: pytest.MonkeyPatch, page: Path
) -> None:
    before = page.read_text()
    call(monkeypatch, measuring(GOOD))
    assert page.read_text() == before
    call(monkeypatch, measuring(GOOD), "--write")
    written = page.read_text()
    assert written.startswith("# Before\n")
    assert written.endswith(f"{main.END}\n\nAfter\n")
    assert "old" not in written
    assert f"{main.HEAD}\n{main.RULE}\n{main.line(GOOD)}\n" in written


def test_page_of_the_docs_has_its_place() -> None:
    text = main.PAGE.read_text(encoding="utf-8")
    assert text.count(main.BEGIN) == text.count(main.END) == 1
    assert main.HEAD in text
