"""The manual explains every problem that the engine can report, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

HOOKS = Path(__file__).parents[1] / "hooks"
MAKERS = {"Problem", "problem", "_refuse", "_Refused", "_report"}
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")


def codes(file: Path) -> Iterator[str]:
    """Every code that a module passes on: the first word among the arguments of what makes a problem."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in MAKERS:
            words = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            yield from [word for word in words if CODE.fullmatch(str(word))][:1]


def test_every_problem_code_has_an_entry_in_the_manual() -> None:
    reported = {code for file in (HOOKS / "handbook").rglob("*.py") for code in codes(file)}
    manual = (HOOKS / "README.md").read_text("utf-8")
    problems = manual.split("\n## Problems", 1)[1].split("\n## ", 1)[0]

    assert len(reported) > 30
    assert sorted(reported) == re.findall(r"^### ([a-z0-9-]+)$", problems, re.MULTILINE)
