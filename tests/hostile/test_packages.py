"""Word files made to harm: entities, nesting, loops, index entries that lie. Each is read, or refused before it does harm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from duheng import read
from duheng.errors import BrokenDocument
from tests.hostile.packages import READ, REFUSED
from tests.hostile.trial import Trial
from tests.unit.read.word import p, package, r


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    with Trial(tmp_path_factory.mktemp("packages")) as made:
        yield made


_LONG = ("百万空段", "一万二千段", "八万格", "百万件", "四百万格")


def _cases(names: object) -> list[object]:
    return [pytest.param(name, marks=pytest.mark.long if name in _LONG else ()) for name in names]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", _cases(READ))
def test_what_is_strange_but_sound_is_read(trial: Trial, name: str) -> None:
    outcome = trial.of(f"{name}.docx", READ[name]())
    assert outcome.outcome == "read", outcome


@pytest.mark.parametrize("name", _cases(REFUSED))
def test_what_would_do_harm_is_refused_in_words(trial: Trial, name: str) -> None:
    outcome = trial.of(f"{name}.docx", REFUSED[name]())
    assert not outcome.bad, outcome
    assert outcome.outcome != "read"
    assert outcome.seconds < 3


def test_nothing_is_read_from_outside_the_file(tmp_path: Path) -> None:
    text = read.open_document(data=READ["外部实体"](), name="a.docx").text
    assert "root:" not in text
    with pytest.raises(BrokenDocument):
        read.open_document(data=REFUSED["主件在外"](), name="a.docx")


def test_what_word_shows_is_what_is_read() -> None:
    """Insertions are taken, deletions, comments, hidden words and embedded objects are not; a chunk of another file is not either."""
    body = (
        p(
            runs=r("总投资")
            + '<w:ins w:id="1" w:author="甲"><w:r><w:t>3亿元</w:t></w:r></w:ins><w:del w:id="2" w:author="甲"><w:r><w:delText>5亿元</w:delText></w:r></w:del>'
        )
        + p(
            runs='<w:commentRangeStart w:id="0"/>'
            + r("增长5%")
            + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
        )
        + p(runs=r("看得见") + r("看不见", "<w:vanish/>"))
        + p(runs="<w:r><w:object><v:shape/></w:object></w:r>" + r("对象旁"))
        + '<w:altChunk r:id="rId1"/>'
    )
    found = read.open_document(data=package(body, comments=f'<w:comment w:id="0">{p("改成8%？")}</w:comment>'), name="a.docx")
    assert [block.text for block in found.blocks] == ["总投资3亿元", "增长5%", "看得见", "对象旁"]
