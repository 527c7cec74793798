"""Each rule at a project that meets it, one that does not and one of which it cannot be told; and the shipped rules as they stand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from duheng import catalog
from duheng.allocate import Candidate, Fitness, FundPool, Rulebook
from duheng.catalog import FundRuleEntry, SectorEntry

SECTORS = {
    "grain": SectorEntry(code="grain", zh="粮食仓储", en="grain storage", aliases=("粮库",)),
    "roads": SectorEntry(code="roads", zh="交通", en="transport", aliases=("道路",)),
}
POOL = FundPool(code="f", name="f", kind="k")
AS_OF = date(2026, 6, 30)
BLANK = Candidate(code="a")


def rule(kind: str, **given) -> FundRuleEntry:
    return FundRuleEntry(
        **{"code": f"k.{kind}", "fund": "k", "zh": "某条", "en": "some rule", "asks": kind, "source": "某文件", **given}
    )


def judged(candidate: Candidate, *rules: FundRuleEntry, year: int = 2026):
    return Rulebook(rules=rules, sectors=SECTORS).judge(candidate, POOL, year=year, as_of=AS_OF)


CASES = [
    (rule("sector_in", sectors=("grain",)), {"sectors": frozenset({"grain"})}, Fitness.ELIGIBLE),
    (rule("sector_in", sectors=("grain",)), {"sectors": frozenset({"roads"})}, Fitness.INELIGIBLE),
    (rule("sector_in", sectors=("grain",)), {}, Fitness.UNKNOWN),
    (rule("sector_out", sectors=("grain",)), {"sectors": frozenset({"grain"})}, Fitness.INELIGIBLE),
    (rule("sector_out", sectors=("grain",)), {"sectors": frozenset({"roads"})}, Fitness.ELIGIBLE),
    (rule("negative", words=("办公楼",)), {"words": "甲镇办公楼建设"}, Fitness.INELIGIBLE),
    (rule("negative", words=("办公楼",)), {"words": "甲镇污水处理厂"}, Fitness.ELIGIBLE),
    (rule("gate", gate="land"), {"gates": {"land": date(2026, 6, 30)}}, Fitness.ELIGIBLE),
    (rule("gate", gate="land"), {"gates": {"land": date(2026, 7, 1)}}, Fitness.LATER),
    (rule("gate", gate="land"), {"gates": {"land": None}}, Fitness.LATER),
    (rule("gate", gate="land"), {}, Fitness.UNKNOWN),
    (rule("revenue"), {"revenue": True}, Fitness.ELIGIBLE),
    (rule("revenue"), {"revenue": False}, Fitness.INELIGIBLE),
    (rule("revenue"), {}, Fitness.UNKNOWN),
    (rule("cover", cut=Decimal("1.1")), {"cover": Decimal("1.1")}, Fitness.ELIGIBLE),
    (rule("cover", cut=Decimal("1.1")), {"cover": Decimal("1.09")}, Fitness.LATER),
    (rule("cover", cut=Decimal("1.1")), {}, Fitness.UNKNOWN),
    (rule("library", bank="national"), {"banks": {"national": date(2025, 9, 30)}}, Fitness.ELIGIBLE),
    (rule("library", bank="national"), {"banks": {"national": None}}, Fitness.ELIGIBLE),
    (rule("library", bank="national"), {"banks": {"national": date(2025, 10, 1)}}, Fitness.LATER),
    (rule("library", bank="national"), {"banks": {"city": None}}, Fitness.LATER),
    (rule("region", regions=("west",)), {"region": "west"}, Fitness.ELIGIBLE),
    (rule("region", regions=("west",)), {"region": "east"}, Fitness.INELIGIBLE),
    (rule("region", regions=("west",)), {}, Fitness.UNKNOWN),
]


@pytest.mark.parametrize(("asked", "facts", "verdict"), CASES)
def test_each_rule(asked, facts, verdict):
    found = judged(replace(BLANK, **facts), asked)
    assert found.verdict is verdict
    for obstacle in found.obstacles:
        assert obstacle.rule is asked
        assert all(obstacle.why)
        assert all(obstacle.remedy)


def test_the_year_decides_by_when_the_library_is_asked():
    late = replace(BLANK, banks={"national": date(2025, 10, 1)})
    assert judged(late, rule("library", bank="national"), year=2027).verdict is Fitness.ELIGIBLE


def test_a_rule_of_some_sectors_leaves_the_others_alone():
    only_grain = rule("gate", gate="land", sectors=("grain",))
    assert judged(replace(BLANK, sectors=frozenset({"roads"})), only_grain).verdict is Fitness.ELIGIBLE
    assert judged(replace(BLANK, sectors=frozenset({"grain"})), only_grain).verdict is Fitness.UNKNOWN


def test_rules_of_another_kind_of_fund_do_not_count():
    assert judged(BLANK, replace(rule("revenue"), fund="other")).verdict is Fitness.ELIGIBLE


def test_what_somebody_set_aside_does_not_stand_against_it_and_is_told():
    offices = rule("negative", words=("办公楼",))
    found = judged(replace(BLANK, words="办公楼节能改造", waived=frozenset({offices.code})), offices)
    assert (found.verdict, found.waived) == (Fitness.ELIGIBLE, (offices,))


def test_the_worst_obstacle_decides_and_all_are_told():
    found = judged(replace(BLANK, revenue=False), rule("gate", gate="land"), rule("revenue"))
    assert found.verdict is Fitness.INELIGIBLE
    assert [each.verdict for each in found.obstacles] == [Fitness.UNKNOWN, Fitness.INELIGIBLE]


@pytest.mark.parametrize(
    ("sectors", "region", "share"),
    [("grain", "west", "0.5"), ("grain", "east", "0.3"), ("roads", "west", "0.7"), ("roads", "east", "0.6"), ("", "", "0.6")],
)
def test_the_ceiling_is_that_of_sector_and_region_before_sector_before_region_before_none(sectors, region, share):
    ceilings = [
        rule("ceiling", code="k.any", ceiling=Decimal("0.6")),
        rule("ceiling", code="k.west", ceiling=Decimal("0.7"), regions=("west",)),
        rule("ceiling", code="k.grain", ceiling=Decimal("0.3"), sectors=("grain",)),
        rule("ceiling", code="k.grain_west", ceiling=Decimal("0.5"), sectors=("grain",), regions=("west",)),
    ]
    facts = {"sectors": frozenset(filter(None, [sectors])), "region": region}
    for order in (ceilings, ceilings[::-1]):
        assert judged(replace(BLANK, **facts), *order).ceiling == Decimal(share)


def test_without_a_ceiling_a_fund_may_pay_all_of_it():
    assert judged(BLANK).ceiling == 1


def test_sectors_are_known_by_their_words():
    book = Rulebook(rules=(), sectors=SECTORS)
    assert book.sectors_of("城市道路、粮库") == {"grain", "roads"}
    assert book.sectors_of("其他") == frozenset()


def test_the_shipped_rules_name_only_kinds_sectors_gates_and_banks_that_there_are():
    kinds, sectors, rules = catalog.load("fund_kinds"), catalog.load("sectors"), catalog.load("fund_rules")
    assert len(kinds) >= 8
    for entry in rules.values():
        assert entry.fund in kinds
        assert set(entry.sectors) <= set(sectors)
        assert set(entry.regions) <= {"west", "central", "east"}
        assert entry.asks != "ceiling" or entry.ceiling is not None
        assert entry.asks != "gate" or entry.gate
        assert entry.asks != "negative" or entry.words
        assert entry.source


def test_no_shipped_ceiling_takes_a_provinces_limit_for_a_projects():
    ceilings = [entry.ceiling for entry in catalog.load("fund_rules").values() if entry.fund == "special_bond"]
    assert not {Decimal("0.25"), Decimal("0.3")} & set(ceilings)


def test_presets_are_told_from_what_was_read_in_a_paper():
    verified = {entry.code for entry in catalog.load("fund_rules").values() if entry.verified}
    assert {"special_bond.revenue", "central_budget.library", "central_budget.pollution"} <= verified
    assert "special_bond.cover" not in verified
