"""Where a command writes: never over what it reads, and what cannot be written is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from duheng.errors import OutputUnusable


def check(output: Path | None, inputs: Sequence[Path]) -> None:
    """Never write over a file that is read."""
    if output is not None and output.resolve() in {path.resolve() for path in inputs}:
        raise OutputUnusable(
            file=output,
            reason="this is one of the files to read; choose another name for --output.",
            reason_zh="这是要读取的文件，请换一个输出文件名。",
        )
    inside = {output / path.name for path in inputs} if output is not None and output.is_dir() else set()
    if inside & set(inputs):
        raise OutputUnusable(
            file=output,
            reason="this folder holds the files to read; choose another.",
            reason_zh="该文件夹里就是要读取的文件，请换一个。",
        )


def save(output: Path, data: bytes) -> None:
    """Write the whole of it."""
    try:
        output.write_bytes(data)
    except OSError as wrong:
        raise OutputUnusable(
            file=output,
            reason="it cannot be written. Check that the folder exists.",
            reason_zh="无法写入。请检查文件夹是否存在。",
        ) from wrong
