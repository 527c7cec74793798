"""A specification as a file, with its data: what is read, and what is told of one that is wrong."""

import pytest

from duheng.appraise import CompositeFile, DataTable, composite
from duheng.errors import DuhengError

SPEC = """
title: {zh: 试验, en: Trial}
data: [units.csv]
unit: {code: code, name: name}
indicators:
  - {code: rd, zh: 研发, en: R&D, parent: score, weight: 2}
  - {code: energy, zh: 能耗, en: energy, parent: score, direction: lower}
aggregates:
  - {code: score, zh: 总分, en: Score}
"""
UNITS = "code,name,rd,energy\nA,甲区,1,4\nB,乙区,3,2\nC,丙区,2,\n"


@pytest.fixture
def made(tmp_path):
    def make(spec=SPEC, data=UNITS):
        (tmp_path / "units.csv").write_text(data, encoding="utf-8")
        path = tmp_path / "spec.yml"
        path.write_text(spec, encoding="utf-8")
        file = CompositeFile.open(path)
        return composite(file.spec, file.units())

    return make


def test_a_specification_and_its_data_are_read(made):
    found = made()
    assert found.units.names == ("甲区", "乙区", "丙区")
    assert found.score.tolist() == [0.0, 100.0, 50.0]
    assert found.spec.zh == "试验"


def test_a_second_file_is_joined_by_code(made, tmp_path):
    (tmp_path / "more.csv").write_text("code,toe\nB,2\nA,4\n", encoding="utf-8")
    spec = SPEC.replace("[units.csv]", "[units.csv, {file: more.csv, columns: {toe: energy}}]")
    found = made(spec, "code,name,rd\nA,甲区,1\nB,乙区,3\nC,丙区,2\n")
    assert found.score.tolist() == [0.0, 100.0, 50.0]


def test_indicators_may_stand_in_a_table_of_their_own(made, tmp_path):
    head = "Level,iCode,iName,Direction,Weight,Unit,Target,Denominator,Parent,Type\n"
    rows = "1,rd,R&D,1,2,,,,score,Indicator\n1,energy,energy,-1,1,,,,score,Indicator\n2,score,Score,1,1,,,,,Aggregate\n,kind,kind,,,,,,,Group\n"
    (tmp_path / "meta.csv").write_text(head + rows, encoding="utf-8")
    found = made("data: [units.csv]\nunit: {code: code, name: name}\nindicators: meta.csv\n")
    assert found.score.tolist() == [0.0, 100.0, 50.0]


def test_levels_take_their_own_aggregation_from_the_bottom(made):
    spec = SPEC.replace("parent: score,", "parent: low,").replace(
        "  - {code: score", "  - {code: low, parent: score}\n  - {code: score"
    )
    found = made(spec + "aggregation: [harmonic, geometric]\nnormalisation: {low: 1, high: 100}\n")
    assert [each.aggregation.method for each in found.spec.aggregates] == ["harmonic", "geometric"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("parent: score, weight: 2", "parent: score, weight: two"), "indicators, rd, weight: “two” is not a number"),
        (("direction: lower", "direction: down"), "direction “down” is unknown; use higher or lower"),
        (("indicators:", "indicator:"), "there is no “indicator”; use one of title"),
        (("[units.csv]", "[]"), "it names no file"),
        (("parent: score, weight: 2", "parent: scores"), "its parent “scores” is no aggregate"),
        (("aggregates:", "normalisation: logarithm\naggregates:"), "normalisation: “logarithm” is unknown; use one of min_max"),
        (("aggregates:", "imputation: group_mean\naggregates:"), "imputation: it names no group"),
        (("aggregates:", "weights_sum: 100\naggregates:"), "add up to 3, not to 100"),
        (("code: rd,", "code: r&d_share,"), "there is no column “r&d_share”"),
        (("aggregates:", "  - {zh: 无}\naggregates:"), "it has no code"),
        (("code: energy, zh", "code: energy, goalposts: [1], zh"), "goalposts are two numbers"),
    ],
)
def test_what_is_wrong_with_a_specification_is_told_with_its_place(made, change, says):
    with pytest.raises(DuhengError) as told:
        made(SPEC.replace(*change))
    assert says in told.value.message("en")
    assert "spec.yml" in told.value.message("en") or "units.csv" in told.value.message("en")
    assert told.value.message("zh") != told.value.message("en")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (UNITS.replace("3,2", "三,2"), "units.csv, row 3, column “rd”: “三” is not a number"),
        (UNITS.replace("B,", "A,"), "units.csv, row 3, column “code”: “A” was given in row 2 already"),
        (UNITS.replace("B,", ","), "units.csv, row 3, column “code”: the code is missing"),
        ("code,name,rd,rd\n", "the column “rd” stands twice"),
        ("code,name,rd,energy\n", "holds no unit"),
        (UNITS.replace("C,丙区,2,", "C,丙区,,"), "units.csv, row 4, column “rd”: “丙区” has no data at all"),
    ],
)
def test_what_is_wrong_with_the_data_is_told_with_its_cell(made, data, says):
    with pytest.raises(DuhengError) as told:
        made(data=data)
    assert says in told.value.message("en")


def test_the_way_numbers_are_written_in_sheets_is_understood():
    table = DataTable.of("代码;数\nA;1,234.5\nB;…\nC;3.2%\nD;(4)\n".encode("gb18030"), name="表.csv")
    assert [repr(each) for each in table.numbers("数")] == ["1234.5", "nan", "3.2", "-4.0"]


def test_a_title_above_columns_parted_by_tabs_does_not_mislead():
    table = DataTable.of("2025年度\n代码\t数\nA\t1\nB\t2\n".encode(), name="表.txt")
    assert (table.heads, table.numbers("数")) == (("代码", "数"), [1.0, 2.0])


def test_columns_without_a_head_are_no_matter():
    table = DataTable.of("代码,名称,,数,\nA,甲,x,1,y\n".encode(), name="表.csv")
    assert table.numbers("数") == [1.0]
