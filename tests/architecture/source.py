"""The source tree as the architecture tests see it: files, what they define, and what they export."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "duheng"
LIBRARY = ("errors", "catalog", "measure", "read", "plan", "collect", "watch", "appraise", "allocate", "audit", "report")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(folder: Path = PACKAGE) -> list[Path]:
    """Every module under `folder` that a person wrote: migrations are made by Django."""
    return sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[Function]:
    """Every function of a module, methods included."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def tracked() -> list[Path]:
    """Every file that git knows, as it is now; where there is no git, every file of the source tree."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = done.stdout.split("\0") if done.returncode == 0 else []
    found = [ROOT / name for name in names if name] or [path for path in PACKAGE.rglob("*") if "__pycache__" not in path.parts]
    return [path for path in found if path.is_file()]


def name(path: Path) -> str:
    """A file as it is called in messages."""
    return path.relative_to(ROOT).as_posix()
