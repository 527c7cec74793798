"""A printed name means an office of the catalog, or stays as it is printed; a cell may hold several."""

import pytest

from duheng import catalog
from duheng.plan import Offices, Place
from duheng.plan.office import names, roles, said

OFFICES = Offices(entries=catalog.load("offices"), place=Place(area="甲市乙水区"))


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("发展改革委", "development_reform"),
        ("区发展改革委", "development_reform"),
        ("乙水区发展和改革委员会", "development_reform"),
        ("区 发 改 委", "development_reform"),
        ("甲市公安局乙水区分局", "public_security"),
        ("区委宣传部", "propaganda"),
        ("区住房和城乡建设委员会", "housing"),
        ("市场监管局", "market_regulation"),
        ("区人力社保局（区人才办）", "human_resources"),
    ],
)
def test_a_local_name_means_the_office_of_the_catalog(printed, code):
    assert OFFICES.find(printed).code == code


@pytest.mark.parametrize("printed", ["区文联", "各镇街", "市发展改革委", "甲市税务局第三稽查局"])
def test_an_office_the_catalog_does_not_know_keeps_its_printed_name(printed):
    found = OFFICES.find(printed)
    assert (found.name, found.code) == (printed, None)


def test_an_unknown_office_is_one_with_and_without_the_place_before_it():
    assert OFFICES.find("区文联").key == OFFICES.find("乙水区文联").key == OFFICES.find("文联").key


def test_an_office_of_the_level_above_is_another_office():
    assert OFFICES.find("市财政局").key != OFFICES.find("区财政局").key


@pytest.mark.parametrize(
    ("cell", "lead", "support"),
    [
        ("甲局、乙局，丙局；丁局/戊委\n己办", "甲局 乙局 丙局 丁局 戊委 己办", ""),
        ("牵头单位：甲局；配合单位：乙局、丙局", "甲局", "乙局 丙局"),
        ("牵头单位：甲局；责任单位：乙局、丙局", "甲局", "乙局 丙局"),
        ("甲局牵头，乙局、丙局配合", "甲局", "乙局 丙局"),
        ("甲局（牵头）、乙局", "甲局", "乙局"),
        ("甲局、乙局等部门按职责分工负责", "甲局 乙局", ""),
        ("甲办（外办、侨办）、乙局", "甲办（外办、侨办） 乙局", ""),
        ("待明确", "", ""),
        ("—", "", ""),
        ("统计局（建议）", "", ""),
        ("", "", ""),
    ],
)
def test_a_cell_is_cut_into_offices_by_their_role(cell, lead, support):
    assert roles(cell) == (tuple(lead.split()), tuple(support.split()))


def test_one_office_named_twice_is_there_once():
    assert [office.key for office in OFFICES.all("区发改委、发展改革委、区财政局")] == ["development_reform", "finance"]


def test_a_sentence_is_no_office():
    assert (
        names(
            "由各有关单位根据各自职责在规定的时间以内按照要求认真组织实施并及时将有关情况报送区人民政府办公室汇总后上报区委区政府研究决定是否表彰"
        )
        == ()
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("新增就业1万人。（牵头单位：甲局；配合单位：乙局、丙局）", (("甲局",), ("乙局", "丙局"))),
        ("新增就业1万人。（责任单位：甲局、乙局）", (("甲局",), ("乙局",))),
        ("新增就业1万人。", ((), ())),
        ("压实责任单位：甲局负责的制度（2026年）", ((), ())),
    ],
)
def test_a_sentence_may_name_its_offices(text, found):
    assert said(text) == found
