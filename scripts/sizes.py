"""Say how long functions, files and templates are, beside what docs/house.md aims at. Nothing fails here."""

import ast
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parent.parent


def lengths(paths: list[Path]) -> list[int]:
    return [len(path.read_text().splitlines()) for path in paths]


modules = sorted((ROOT / "directory").rglob("*.py"))
trees = [ast.parse(path.read_text()) for path in modules]
functions = [
    (node.end_lineno or 0) - node.lineno + 1
    for tree in trees
    for node in ast.walk(tree)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
]
files, templates = lengths(modules), lengths(sorted((ROOT / "templates").rglob("*.html")))
tests = lengths(sorted((ROOT / "tests").rglob("*.py")))
p95 = quantiles(functions, n=20)[-1]
print(
    f"functions median {median(functions):.0f} p95 {p95:.0f} longest {max(functions)} (8, 40, 60) · "
    f"files median {median(files):.0f} longest {max(files)} (80, 300) · templates longest {max(templates)} (150) · "
    f"{sum(tests) / sum(files):.1f} lines of test a line (1.3)"
)
