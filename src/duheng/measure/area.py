"""Areas: the places that figures speak of, each within a larger one."""

from __future__ import annotations

from dataclasses import dataclass

from duheng import pattern as re
from duheng.errors import MeasureError

OWN = "own"
"""The code of the area that the workspace's plan is about."""

_PADDING = re.compile(r"\s+")
_BETWEEN_LETTERS = re.compile(r"(?<=[A-Za-z.),;])\s+(?=[A-Za-z(])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A district, town, street, peer or city; `parent` is the code of the area it lies in.

    An area that no list of codes knows goes by its name.
    """

    code: str
    zh: str
    en: str = ""
    parent: str | None = None

    def __post_init__(self) -> None:
        if not self.code or self.code == self.parent:
            raise MeasureError(reason=f"The area “{self.zh}” needs a code, and may not lie in itself.")


def plain_name(name: str) -> str:
    """A name as tables pad it, without the padding; words of Latin letters stay apart.

    >>> plain_name("北　　京"), plain_name("秦 皇 岛"), plain_name(" Hong  Kong ")
    ('北京', '秦皇岛', 'Hong Kong')
    """
    kept = _BETWEEN_LETTERS.sub("\0", name.strip())
    return _PADDING.sub("", kept).replace("\0", " ")
