"""Which number is a part of which."""

import json

import pytest

from duheng import read, sample
from duheng.read import Block, Document


def wholes(*texts: str) -> dict[str, str | None]:
    """Each number's span with that of its whole, in one paragraph of several sentences."""
    text = "".join(texts)
    document = Document(name="x", format="txt", text=text, blocks=(Block(offset=0, text=text),))
    claims = {claim.offset: claim for claim in read.claims(document)}
    return {claim.span: claims[claim.of].span if claim.of is not None else None for claim in claims.values()}


def test_the_indicators_met_and_both_kinds_of_them_are_parts_of_all():
    found = wholes("计划报告33项指标，共完成26项，完成率79%，其中约束性指标8项，全部完成目标；预期性指标25项，完成18项。")
    assert found == {"33项": None, "26项": "33项", "79%": None, "8项": "33项", "25项": "33项", "18项": "25项"}


def test_a_narrower_kind_is_a_part_of_the_part_before_it():
    found = wholes("新设立市场主体6303户；其中民营经济市场主体新增6223户；民营企业新增2290户。")
    assert found == {"6303户": None, "6223户": "6303户", "2290户": "6223户"}
    assert wholes("完成投资96亿元，其中工业投资40亿元，工业技改投资12亿元。")["12亿元"] == "40亿元"


def test_a_breakdown_in_its_own_sentence_divides_the_totals_before_it():
    found = wholes(
        "拟实施重点项目172个，年度计划投资153.6亿元。",
        "按性质分，新开工项目75个、续建项目97个。",
        "按领域分，产业类66个，年度计划投资68.4亿元；其他类106个，年度计划投资85.2亿元。",
    )
    counts, money = {"75个", "97个", "66个", "106个"}, {"68.4亿元", "85.2亿元"}
    assert {span for span, whole in found.items() if whole == "172个"} == counts
    assert {span for span, whole in found.items() if whole == "153.6亿元"} == money


def test_a_bracket_inside_a_list_of_parts_belongs_to_its_own_number():
    found = wholes("引进人才1万名，其中教师6000人、工程师2000人（含重点产业1000人）、技师1500人。")
    assert (found["1000人"], found["1500人"]) == ("2000人", "1万名")


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("80个重点项目中有75个按计划推进。", "75个", "80个"),
        ("全区23个行政村中，经营性收入超过50万元的村达17个。", "17个", "23个"),
        ("获得授信80亿元、放款66.8亿元。", "66.8亿元", "80亿元"),
        ("共33项指标，其中约束性指标8项，必须完成；其余25项为预期性指标。", "25项", "33项"),
        ("企业总数5.04万户，其中民营企业4.85万家。", "4.85万家", "5.04万户"),
        ("设定24个主要指标，包括碳排放强度等8个约束性指标。", "8个", "24个"),
    ],
)
def test_words_that_make_a_part(text, part, whole):
    assert wholes(text)[part] == whole


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("发行债券2157亿元，其中用于建设1542亿元，争取到国家资金450亿元。", "450亿元"),  # a new action
        ("签约项目52个、总投资286亿元，其中10亿元以上项目6个。", "10亿元以上"),  # a bound that names a group
        ("居民人均收入50126元，其中城镇居民人均收入54872元。", "54872元"),  # averages do not add up
        ("主体达5万户，其中民营主体4.8万户；新设主体6820户。", "6820户"),
        ("计划投资142.5亿元，实际完成148.9亿元。", "148.9亿元"),  # more can be spent than was planned
        ("新增企业30家，其中培训人员5人。", "5人"),  # people are no enterprises
        ("接待游客100万人次；新增岗位30个。", "30个"),
        ("办好15件民生实事，包括完成老旧小区改造600个。", "600个"),
    ],
)
def test_numbers_that_are_no_parts(text, number):
    assert wholes(text)[number] is None


def agreement(labels, document) -> tuple[int, int, int]:
    """How many ties between part and whole are as labelled, how many are not, and how many labelled ones are missed."""
    claims = read.claims(document)
    spans = {label["id"]: (label["offset"], label["offset"] + len(label["span"])) for label in labels}

    def claim_of(label):
        start, end = spans[label]
        return next((claim for claim in claims if claim.offset < end and start < claim.end), None)

    right = wrong = missed = 0
    for label in labels:
        claim, whole = claim_of(label["id"]), claim_of(label["parent"]) if label.get("parent") else None
        told = None if claim is None else claim.of
        wanted = None if whole is None else whole.offset
        right += wanted is not None and told == wanted
        wrong += told is not None and told != wanted
        missed += wanted is not None and told != wanted
    return right, wrong, missed


def test_the_sample_s_parts_are_tied_as_labelled():
    right, wrong, missed = agreement(sample.truth("claims"), read.open_document(sample.report_path()))
    assert wrong == 0
    assert right / (right + missed) >= 0.8


def test_a_real_report_s_parts_are_tied_as_labelled(truth):
    for gold in truth.glob("gold/*/claims.jsonl"):
        labels = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
        right, wrong, missed = agreement(labels, read.open_document(truth / "reports" / f"{gold.parent.name}.txt"))
        assert right / (right + wrong) >= 0.95
        assert right / (right + missed) >= 0.95


def test_a_list_behind_a_semicolon_is_of_what_stands_there():
    found = wholes("“六横”指6个横向大动脉，包括甲灌区、乙引水7个工程；“六纵”指8个纵向大动脉，包括丙引水、丁灌区9个工程。")
    assert set(found.values()) == {None}
    assert wholes("建设重点项目12个，包括产业项目7个、民生项目5个。")["7个"] == "12个"
