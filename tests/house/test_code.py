"""Habits of the code that no linter knows."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from directory.config import ROOT

MODULES = sorted((ROOT / "directory").rglob("*.py"))
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "service", "handler"}
CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "monotonic"}


def clock_reads(source: str) -> list[str]:
    """Calls such as datetime.now() or time.time(), by their text."""
    return [
        ast.unparse(call)
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in CLOCKS
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in {"datetime", "date", "time"}
    ]


def commits(source: str) -> list[str]:
    return [
        ast.unparse(call)
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "commit"
    ]


def long_functions(source: str) -> list[str]:
    return [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > 60
    ]


def lines() -> Iterator[tuple[Path, int]]:
    yield from ((path, len(path.read_text().splitlines())) for path in MODULES)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_keeps_the_habits(path: Path):
    source = path.read_text()
    assert path.stem not in FORBIDDEN_NAMES
    assert path.name == "clock.py" or clock_reads(source) == []
    assert path == ROOT / "directory" / "database.py" or commits(source) == []
    assert long_functions(source) == []
    assert ast.get_docstring(ast.parse(source))


def test_no_module_is_over_its_ceiling():
    assert [(path.name, count) for path, count in lines() if count > 300] == []


def test_the_guards_see_careless_code():
    careless = "import time\ndef f():\n" + "    x = 1\n" * 60 + "    session.commit()\n    return time.time()\n"
    assert clock_reads(careless) == ["time.time()"]
    assert commits(careless) == ["session.commit()"]
    assert long_functions(careless) == ["f: 63 lines"]
