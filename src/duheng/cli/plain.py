"""Plain values of the command line: words, paths, switches and choices, taken as they are.

Typer checks every value with pydantic, and loading that took longer than reading a report. A value that needs no checking is
converted here; whatever else, and everything that is wrong, goes Typer's own way, with its messages.
"""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, get_args, get_origin


def take_plainly(command: Any) -> None:
    """Let a command, and the commands below it, take plain values of their parameters as they are."""
    theirs = command.get_params
    vars(command)["get_params"] = lambda ctx: plainly(theirs(ctx))
    for below in getattr(command, "commands", {}).values():
        take_plainly(below)


def plainly(params: list[Any]) -> list[Any]:
    """Parameters, `--help` among them, that take plain values as they are."""
    for param in params:
        wanted = getattr(getattr(param, "type_descriptor", None), "annotation", None)
        if wanted is not None and "process_value" not in vars(param):
            vars(param)["process_value"] = partial(_process, param.process_value, param, wanted)
    return params


def _process(typers: Any, param: Any, wanted: Any, ctx: Any, value: Any) -> Any:
    try:
        taken = _taken(param, wanted, value)
    except (ValueError, TypeError):
        return typers(ctx, value)
    return param.callback(ctx, param, taken) if param.callback else taken


def _taken(param: Any, wanted: Any, value: Any) -> Any:
    many = param.multiple or param.nargs == -1
    if not param.required and ((value is None and not many) or value == []):
        return value
    return _many(value, *get_args(wanted)) if many and get_origin(wanted) is list else _one(value, wanted)


def _many(values: Any, wanted: Any) -> list[Any]:
    if not values or isinstance(values, str):
        raise ValueError
    return [_one(value, wanted) for value in values]


def _one(value: Any, wanted: Any) -> Any:
    """The value as the type that is wanted; ValueError where it takes more than that to tell."""
    if isinstance(value, str) and wanted is Path:
        return Path(value)
    if isinstance(value, str) and isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return wanted(value)
    if isinstance(wanted, type) and type(value) is wanted:
        return value
    raise ValueError
