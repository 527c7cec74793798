"""Files given for figures that hold none: what they are is said, and what to do."""

from datetime import date

import pytest
from tests.unit.read.word import zipped

from duheng import catalog, collect
from duheng.errors import ReadError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
LEXICON = collect.Lexicon(entries=catalog.load("indicators"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"\xff\xd8\xff\xe0" + b"\1" * 600, "是图片"),
        (zipped({"a.xlsx": b"x"}), "是压缩包"),
        (b"", "0 字节"),
    ],
)
def test_what_was_given_for_figures_is_said(data: bytes, said: str) -> None:
    given = collect.Given(vintage=date(2026, 1, 1), status=collect.Status.PRELIMINARY)
    with pytest.raises(ReadError) as caught:
        collect.open_figures(data, name="一月.xlsx", lexicon=LEXICON, given=given)
    assert said in caught.value.message("zh")
