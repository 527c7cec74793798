"""A problem as JSON: what is right is read exactly; what is wrong is told at once, in both languages, with place and remedy."""

import copy
import json
from decimal import Decimal

import pytest

from duheng import allocate
from duheng.errors import ProblemUnusable

GOOD = {
    "years": [2025, 2026, 2027],
    "funds": [
        {"code": "F", "name": "专项债", "amounts": {"2025": 100, "2026": 50.5}, "carry_over": True},
        {"code": "G", "amounts": {"2025": 30}, "likelihood": 0.5},
    ],
    "projects": [
        {
            "code": "A",
            "name": "滨江路",
            "priority": 5,
            "mandatory": True,
            "committed": True,
            "earliest": 2025,
            "latest": 2026,
            "yearly": [60, 40.000001],
            "requires": ["B"],
            "excludes": ["C"],
            "ceilings": {"F": 0.8},
            "spent": {"G": 10},
        },
        {"code": "B", "priority": 3, "yearly": [20], "ceilings": {"F": 1, "G": 1}},
        {"code": "C", "priority": 1.5, "yearly": [10], "ceilings": {"G": 1}},
    ],
    "pins": [{"project": "B", "start": 2025, "fund": "F", "amount": 5}],
}


def told(given: object) -> tuple[str, str]:
    """What is said of a wrong problem, in Chinese and English."""
    text = given if isinstance(given, str) else json.dumps(given)
    with pytest.raises(ProblemUnusable) as raised:
        allocate.read_problem(text, name="题.json")
    return raised.value.message("zh"), raised.value.message("en")


def changed(*path: object, value: object) -> dict:
    """The good problem with one thing changed; `...` takes it away."""
    given = copy.deepcopy(GOOD)
    inner = given
    for key in path[:-1]:
        inner = inner[key]
    if value is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return given


def test_a_good_problem_is_read_to_the_fen():
    problem = allocate.read_problem(json.dumps(GOOD), name="题.json")
    fund, other = problem.funds
    assert (fund.amounts, fund.carry_over) == ({2025: 100_000_000, 2026: 50_500_000}, True)
    assert [other.counted(year) for year in problem.years] == [15_000_000, 0, 0]
    project = problem.by_code["A"]
    assert project.yearly == (60_000_000, 40_000_001)
    assert project.total == 110_000_001
    assert project.ceiling("F") == 88_000_000
    assert (project.ceiling("G"), project.mandatory, project.committed) == (0, True, True)
    assert problem.by_code["B"].earliest, problem.by_code["B"].latest == (2025, 2027)
    assert problem.pins == (allocate.Pin(project="B", start=2025, fund="F", amount=5_000_000),)
    assert problem.notes == ()


@pytest.mark.parametrize(("unit", "fen"), [("元", 100), ("万元", 1_000_000), ("亿元", 10_000_000_000)])
def test_amounts_are_of_the_unit_that_is_named(unit: str, fen: int):
    given = changed("projects", 0, "yearly", value=[1.25]) | {"unit": unit}
    given["funds"][0]["amounts"] = given["pins"][0]["amount"] = None
    given["funds"][0]["amounts"] = {"2025": 7}
    problem = allocate.read_problem(json.dumps(given))
    assert problem.by_code["A"].yearly == (fen * 5 // 4,)
    assert problem.funds[0].amounts == {2025: 7 * fen}


def test_a_share_of_a_hundred_and_a_code_that_is_a_number_are_understood():
    given = changed("projects", 1, "code", value=7)
    given["projects"][0]["requires"] = [7]
    given["pins"] = []
    assert allocate.read_problem(json.dumps(given)).by_code["A"].requires == ("7",)


WRONG = [
    (changed("projects", 0, "yearly", 1, value=-3), ["项目 A，yearly 2", "金额为负", "-3万元"], ["project A, yearly 2", "negative"]),
    (changed("funds", 0, "amounts", "2026", value=-1), ["资金 F，amounts 2026", "负"], ["fund F, amounts 2026", "negative"]),
    (changed("projects", 1, "requires", value=["A"]), ["A → B → A", "环"], ["A → B → A", "circle"]),
    (changed("projects", 0, "requires", value=["X"]), ["requires", "没有编码为 X 的项目"], ["there is no project X"]),
    (changed("projects", 0, "requires", value=["A"]), ["指向它自己"], ["names itself"]),
    (changed("projects", 0, "excludes", value=["X"]), ["excludes", "没有编码为 X 的项目"], ["there is no project X"]),
    (changed("projects", 0, "ceilings", value={"Q": 1}), ["没有编码为 Q 的资金"], ["there is no fund Q"]),
    (changed("projects", 1, "code", value="A"), ["项目 A", "2 次", "第 1、第 2 项"], ["number 1 and number 2"]),
    (changed("funds", 1, "code", value="F"), ["资金 F", "2 次"], ["the same code stands 2 times"]),
    (changed("projects", 0, "earliest", value=2027), ["最早开工 2027 年晚于最迟 2026 年"], ["2027 is after its latest 2026"]),
    (changed("projects", 0, "latest", value=2024) | {}, ["最早开工 2025 年晚于最迟 2024 年"], ["after its latest"]),
    (
        {**GOOD, "years": [2028, 2029], "funds": [{"code": "F", "amounts": {}}, {"code": "G", "amounts": {}}], "pins": []},
        ["不在规划年份（2028–2029）之内", "续建"],
        ["outside the years of the plan (2028–2029)"],
    ),
    (changed("funds", 0, "amounts", "2031", value=5), ["amounts 2031", "不在规划年份"], ["2031 is outside the years"]),
    (changed("funds", 0, "amounts", "明年", value=5), ["“明年”不是年份"], ["“明年” is not a year"]),
    (changed("projects", 0, "yearly", value=[1] * 41), ["41 个年度", "按月"], ["41 years, more than 40", "months"]),
    (changed("projects", 0, "yearly", value=[]), ["没有分年需求"], ["no yearly needs"]),
    (changed("projects", 0, "yearly", value=...), ["yearly", "没有写"], ["yearly", "is missing"]),
    (changed("projects", 0, "yearly", value=5), ["应为列表"], ["should be a list"]),
    (changed("projects", 0, "ceilings", "F", value=1.2), ["1.2 不在 0 到 1 之间", "0.5"], ["1.2 is not from 0 to 1"]),
    (changed("projects", 0, "ceilings", "F", value=-0.1), ["-0.1 不在 0 到 1 之间"], ["-0.1 is not from 0 to 1"]),
    (changed("projects", 0, "ceilings", "F", value=80), ["百分之五十写 0.5"], ["fifty percent is 0.5"]),
    (changed("funds", 1, "likelihood", value=1.5), ["likelihood", "1.5 不在 0 到 1 之间"], ["1.5 is not from 0 to 1"]),
    (changed("projects", 0, "yearly", 0, value=0.0000001), ["不足一分", "0.0000001万元"], ["not whole to the fen"]),
    (changed("projects", 0, "yearly", 0, value=1e30), ["金额过大", "核对单位"], ["too large"]),
    (changed("projects", 0, "priority", value=1e12), ["priority"], ["cannot be a priority"]),
    (changed("projects", 1, "priority", value=...), ["priority", "没有写"], ["is missing"]),
    (changed("projects", 1, "priority", value="高"), ["应为数（不加引号）", "文字“高”"], ["should be a number without quotes"]),
    (changed("projects", 1, "code", value=""), ["没有编码"], ["no code"]),
    (changed("projects", 1, "mandatory", value="是"), ["应为 true 或 false"], ["should be true or false"]),
    (changed("projects", 1, "earliest", value=2025.5), ["应为年份"], ["should be a year"]),
    (changed("projects", value=[]), ["projects", "没有任何项目"], ["there is no project"]),
    (changed("funds", value=[]), ["没有任何资金"], ["there is no fund"]),
    (changed("projects", value=...), ["projects", "没有写"], ["is missing"]),
    (changed("years", value=[]), ["没有年份"], ["there are no years"]),
    (changed("years", value=[2025, 2027, 2026]), ["不是逐年相连"], ["not consecutive"]),
    (changed("years", value=[2025, 2025]), ["不是逐年相连"], ["not consecutive"]),
    (changed("years", value=["2025"]), ["years 第 1 项", "应为年份"], ["years number 1", "should be a year"]),
    (changed("projects", 1, value=3), ["projects 第 2 项", "应为对象"], ["projects number 2", "should be an object"]),
    (GOOD | {"unit": "美元"}, ["“美元”不是人民币单位"], ["“美元” is not a unit of yuan"]),
    (GOOD | {"unit": "公顷"}, ["不是人民币单位"], ["not a unit of yuan"]),
    (changed("pins", 0, "project", value="X"), ["指定 X", "没有编码为 X 的项目"], ["pin X", "no project X"]),
    (changed("pins", 0, "fund", value="X"), ["没有编码为 X 的资金"], ["there is no fund X"]),
    (changed("pins", 0, "start", value=2031), ["2031 年不在它可开工的年份"], ["2031 is not among the years"]),
    (changed("pins", 0, value={"project": "A", "fund": "G"}), ["不能使用这项资金"], ["may not pay it"]),
    (changed("pins", 0, value={"project": "A", "amount": 3}), ["有金额而没有资金"], ["an amount without a fund"]),
    (
        changed("pins", value=[{"project": "A", "included": True}, {"project": "A", "included": False}]),
        ["同时指定纳入和不纳入"],
        ["pinned both in and out"],
    ),
    (
        changed("pins", value=[{"project": "A", "start": 2025}, {"project": "A", "start": 2026}]),
        ["几个开工年份：2025, 2026"],
        ["several starts: 2025, 2026"],
    ),
    ("", ["是空的"], ["is empty"]),
    ("{", ["第 1 行第 2 列", "不是 JSON"], ["line 1, column 2", "not JSON"]),
    ("[1, 2]", ["应为对象"], ["should be an object"]),
    ("null", ["应为对象", "null"], ["should be an object"]),
    ("[" * 100_000, ["嵌套太深"], ["nested too deeply"]),
    (json.dumps(GOOD).replace("40.000001", "NaN"), ["NaN", "应为数"], ["NaN", "should be a number"]),
    (json.dumps(GOOD).replace("40.000001", "Infinity"), ["Infinity"], ["should be a number"]),
    (json.dumps(GOOD).replace("40.000001", "1e999999999"), ["1e999999999"], ["should be a number"]),
    (json.dumps(GOOD).replace("40.000001", "9" * 5000), ["99999999999999999999…"], ["should be a number"]),
    (json.dumps(GOOD).replace('"name": "\\u6ee8\\u6c5f\\u8def"', '"code": "A2"'), ["code", "写了两次"], ["stands twice"]),
]  # fmt: skip


@pytest.mark.parametrize(("given", "zh", "en"), WRONG, ids=[f"{number}-{row[2][-1][:30]}" for number, row in enumerate(WRONG)])
def test_what_is_wrong_is_told_with_its_place_in_both_languages(given, zh, en):
    chinese, english = told(given)
    assert [part for part in zh if part not in chinese] == [], chinese
    assert [part for part in en if part not in english] == [], english
    assert chinese.startswith("题.json：")


def test_everything_that_is_wrong_is_told_at_once():
    given = changed("projects", 0, "yearly", 0, value=-1)
    given["funds"][0]["amounts"]["2025"] = -2
    given["projects"][2]["requires"] = ["没有"]
    chinese, english = told(given)
    assert len(chinese.splitlines()) == len(english.splitlines()) == 4
    given["projects"] += [{"code": f"P{n}", "priority": 1, "yearly": [-1]} for n in range(30)]
    chinese, english = told(given)
    assert "另有 13 处" in chinese
    assert "13 more" in english


def test_a_problem_that_contradicts_itself_cannot_be_built_either():
    fund = allocate.Fund(code="F", amounts={2025: -1})
    project = allocate.Project(code="A", earliest=2025, latest=2025, yearly=(1,), ceilings={"F": Decimal("NaN")})
    with pytest.raises(ProblemUnusable) as raised:
        allocate.Problem(years=(2025,), funds=(fund,), projects=(project,))
    assert {fault.code for fault in raised.value.facts["faults"]} == {"allocate.negative", "allocate.share"}


def warned(given: dict) -> list[tuple[str, str]]:
    """What is noticed in a problem that is solved all the same."""
    return [fault.line for fault in allocate.solve(allocate.read_problem(json.dumps(given))).warnings]


NOTICED = [
    (changed("projects", 0, "priorty", value=3), "是不是“priority”", "Is “priority” meant?"),
    (changed("projects", 0, "部门", value="住建局"), "不认识“部门”", "“部门” means nothing here"),
    (changed("projects", 1, "latest", value=2030), "按 2025–2027 年计", "2025–2027 is taken"),
    (changed("projects", 2, "ceilings", value={}), "没有可以使用的资金", "no fund may pay for it"),
    (changed("projects", 2, "priority", value=-1), "优先级为负", "priority is negative"),
    (changed("projects", 2, "yearly", value=[0]), "没有资金需求", "needs no money"),
    (changed("funds", 1, "amounts", value={}), "没有金额", "no money in any year"),
    (changed("projects", 2, "requires", value=["A"]), "既以 A 为前提，又与它互斥", "requires A and excludes it"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "zh", "en"), NOTICED)
def test_what_looks_wrong_is_noticed_and_solved_all_the_same(given, zh, en):
    found = warned(given)
    assert any(zh in line[0] for line in found), found
    assert any(en in line[1] for line in found), found


def test_a_fund_that_nobody_may_use_is_noticed():
    given = changed("projects", 2, "ceilings", value={"F": 1})
    given["projects"][1]["ceilings"] = {"F": 1}
    assert any("资金 G：没有任何项目可以使用" in zh and "fund G: no project may use it" in en for zh, en in warned(given))


def pool(*totals: float) -> dict:
    projects = [{"code": f"P{n}", "priority": 1, "yearly": [total], "ceilings": {"F": 1}} for n, total in enumerate(totals)]
    return {"years": [2025], "funds": [{"code": "F", "amounts": {"2025": 5000}}], "projects": projects}


@pytest.mark.parametrize(
    ("given", "place"),
    [
        (pool(1200, 3400, 800, 25_000_000, 2100), "项目 P3"),
        (pool(1200, 3400, 800, 0.21, 2100), "项目 P3"),
        (changed("projects", 0, "yearly", value=[3000, 0.31, 2500]), "项目 A，yearly 2"),
        (changed("funds", 0, "amounts", value={"2025": 100, "2026": 1_200_000, "2027": 130}), "资金 F，amounts 2026"),
    ],
)
def test_amounts_ten_thousand_times_their_like_are_taken_for_a_slip_of_unit(given, place):
    found = [line for line in warned(given) if "约一万倍" in line[0]]
    assert [line[0].partition("：")[0] for line in found] == [place]
    assert all("slip of unit" in line[1] for line in found)


@pytest.mark.parametrize(
    "totals", [(1, 10, 100, 1000, 10_000, 100_000, 1_000_000), (500, 800, 90_000), (5, 50_000), (300, 20_000, 400)]
)
def test_sizes_that_differ_honestly_are_no_slip(totals):
    assert [line for line in warned(pool(*totals)) if "约一万倍" in line[0]] == []
