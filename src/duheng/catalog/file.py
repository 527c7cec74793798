"""Where the shipped catalog files lie, and how one that is wrong is refused."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from duheng.errors import CatalogError

SHIPPED = Path(__file__).parent


def refuse(file: Path | str, en: str, zh: str) -> NoReturn:
    """Say in both languages what is wrong with a file, and what to do."""
    shown = file.name if isinstance(file, Path) and file.parent == SHIPPED else file
    raise CatalogError(file=shown, reason=en, reason_zh=zh)
