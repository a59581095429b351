"""Workflows, pins and commands: what runs on others' machines."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
DEPENDABOT = ROOT / ".github/dependabot.yml"
# local-*.yml and dependabot.yml are the organisation's: the latter is looked at only where it is.
WORKFLOWS = sorted(
    path for path in (ROOT / ".github/workflows").glob("*.yml") if not path.match("local-*.yml")
)
REQUIREMENTS = [ROOT / f"requirements{kind}.txt" for kind in ("", "-dev", "-pairing", "-print")]
GUIDES = [ROOT / name for name in ("README.md", "hooks/README.md", "CONTRIBUTING.md")]

USES = re.compile(r"^\s*(?:- )?uses:\s*(?P<action>\S+)(?P<rest>.*)$", re.MULTILINE)
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")
VERSION = re.compile(r" # v\d+\.\d+\.\d+")
RUN = re.compile(r"make [a-z-]+")
QUICK = '"not browser and not site and not long"'
# Where there is no make.
CORE = [
    "python -m pip install --require-hashes -r requirements-dev.txt",
    "python -m pip install --no-index --no-deps --no-build-isolation -e .",
    f"python -m pytest -q -n auto -m {QUICK}",
]
REQUIREMENT = re.compile(r"[a-z0-9][a-z0-9._-]*==[^\s;]+( ; [^\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)


def run(tool: str, *arguments: str | Path) -> None:
    done = subprocess.run([BIN / tool, *arguments], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def jobs(path: Path) -> dict[str, Any]:
    listed: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))["jobs"]
    return listed


def commands(job: dict[str, Any]) -> list[str]:
    return [step["run"].strip() for step in job.get("steps", []) if "run" in step]


def pins(path: Path) -> set[str]:
    return set(re.findall(r"^[^\s#][^\s;]*", path.read_text("utf-8"), re.MULTILINE))


def test_there_are_workflows() -> None:
    assert {path.name for path in WORKFLOWS} >= {"check.yml", "site.yml", "daily.yml"}


def test_zizmor_finds_nothing() -> None:
    run("zizmor", "--offline", "--no-progress", "--color=never", "--strict-collection", *WORKFLOWS)


@pytest.mark.parametrize("path", WORKFLOWS, ids=name)
def test_workflow_fits_its_schema(path: Path) -> None:
    run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", path)


@pytest.mark.skipif(not DEPENDABOT.exists(), reason="this organisation has no dependabot.yml")
def test_dependabot_fits_its_schema() -> None:
    run("check-jsonschema", "--builtin-schema", "vendor.dependabot", DEPENDABOT)


@pytest.mark.parametrize("path", WORKFLOWS, ids=name)
def test_actions_are_pinned_by_commit_with_their_version(path: Path) -> None:
    used = USES.findall(path.read_text("utf-8"))

    assert used
    for action, rest in used:
        if not action.startswith("./"):
            assert PINNED.fullmatch(action), action
            assert VERSION.fullmatch(rest), f"{action}{rest}"


@pytest.mark.parametrize("path", WORKFLOWS, ids=name)
def test_workflow_only_calls_make(path: Path) -> None:
    others = [
        command for job in jobs(path).values() for command in commands(job) if not RUN.fullmatch(command)
    ]

    assert others == (CORE if path.name == "check.yml" else [])


def test_what_runs_without_make_is_what_make_runs() -> None:
    assert QUICK.strip('"') in (ROOT / "Makefile").read_text("utf-8")


def test_the_engine_is_tested_where_it_has_changed_and_the_handbook_always() -> None:
    check = jobs(ROOT / ".github/workflows/check.yml")

    assert ["make site"] == commands(check["handbook"])
    assert "if" not in check["handbook"]
    assert {"engine", "core"} == {
        name
        for name, job in check.items()
        if (job.get("needs"), job.get("if")) == ("changes", "needs.changes.outputs.engine == 'true'")
    }


def test_what_is_said_to_be_supported_must_pass() -> None:
    said = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["classifiers"]
    engine = jobs(ROOT / ".github/workflows/check.yml")["engine"]
    passing = re.findall(r"'(3\.\d+)'", engine["continue-on-error"])

    assert ["3.11", "3.12", "3.13", "3.14"] == engine["strategy"]["matrix"]["python"]
    assert passing == [name.split()[-1] for name in said if name.startswith("Programming Language")]


@pytest.mark.parametrize(
    ("path", "text", "engine"),
    [
        ("programs/ours/program.yml", "title: Ours", False),
        ("docs/ours.md", "# Ours", False),
        ("hooks/local/ours.py", "", False),
        ("hooks/handbook/text/prose.py", "", True),
        ("pyproject.toml", "", True),
        (".github/workflows/check.yml", "", True),
        (".github/workflows/local-ours.yml", "", False),
        ("programs/organisation.yml", "example: true", True),
    ],
)
def test_a_change_of_the_engine_is_told_from_others(
    tmp_path: Path, path: str, text: str, engine: bool
) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text(text, "utf-8")
    commit(tmp_path)

    assert engine == changed(tmp_path)


def test_where_there_is_nothing_to_compare_with_the_engine_is_tested(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)

    assert changed(tmp_path)


def git(root: Path, *words: str) -> None:
    own = ("-c", "user.name=A", "-c", "user.email=a@small.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *own, *words], cwd=root, check=True)


def commit(root: Path) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "A step")


def changed(root: Path) -> bool:
    """What the workflow hears of the last commit."""
    heard = root.parent / "heard"
    heard.write_text("", "utf-8")
    env = {**os.environ, "GITHUB_OUTPUT": str(heard)}
    subprocess.run(["make", "changed"], cwd=root, env=env, check=True, capture_output=True)
    return {"engine=true": True, "engine=false": False}[heard.read_text("utf-8").strip()]


@pytest.mark.parametrize(
    ("audience", "access", "refused"),
    [
        ("", "", False),
        ("public", "", False),
        ("participants", "", True),
        ("participants", "everyone", True),
        ("participants", "restricted", False),
    ],
)
def test_what_is_for_participants_is_not_published_for_everyone(
    tmp_path: Path, audience: str, access: str, refused: bool
) -> None:
    """The workflow hands over two variables of the repository; make decides, before it builds anything."""
    build = jobs(ROOT / ".github/workflows/site.yml")["build"]["steps"]
    [step] = [one for one in build if one.get("run") == "make pages"]
    names = ("HANDBOOK_AUDIENCE", "HANDBOOK_PAGES_ACCESS")
    assert {one: f"${{{{ vars.{one} }}}}" for one in names} == {one: step["env"][one] for one in names}
    makefile = (ROOT / "Makefile").read_text("utf-8")
    instead = re.sub(r"^site: .*\n(\t.*\n)+", "site:\n\t@echo built\n", makefile, flags=re.MULTILINE)
    (tmp_path / "Makefile").write_text(instead, "utf-8")

    env = {**os.environ, "HANDBOOK_AUDIENCE": audience, "HANDBOOK_PAGES_ACCESS": access}
    done = subprocess.run(["make", "pages"], cwd=tmp_path, env=env, capture_output=True, text=True)

    assert (done.returncode != 0) == refused, done.stderr
    assert ("built" in done.stdout) != refused
    assert ("HANDBOOK_PAGES_ACCESS" in done.stderr) == refused


@pytest.mark.parametrize("path", REQUIREMENTS, ids=name)
def test_requirements_name_no_host_and_no_path(path: Path) -> None:
    text = path.read_text("utf-8")

    assert "://" not in text
    assert not re.search(r"^\s*(-(?!-hash=)|[./])|@", text, re.MULTILINE)


@pytest.mark.parametrize("path", REQUIREMENTS, ids=name)
def test_every_requirement_has_a_version_and_a_hash(path: Path) -> None:
    text = re.sub(r"^ *#.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
    entries = re.split(r"\n(?=\S)", text.strip())

    assert len(entries) > 20
    for entry in entries:
        assert REQUIREMENT.fullmatch(entry), entry


def test_dev_requirements_hold_all_of_the_others() -> None:
    for other in (REQUIREMENTS[0], REQUIREMENTS[2]):
        assert pins(other) <= pins(REQUIREMENTS[1]), "run: make pins"


@pytest.mark.parametrize("path", [path for path in GUIDES if path.exists()], ids=name)
def test_make_commands_in_guides_exist(path: Path) -> None:
    code = " ".join(CODE.findall(path.read_text("utf-8")))
    makefile = (ROOT / "Makefile").read_text("utf-8")

    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", code))
    assert named <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
