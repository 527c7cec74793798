"""The allocation studio: a scenario asked, worked out by the job, checked, explained, pinned, compared, rolled on, exported."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from tests.site.cast import AT, EDITOR, VIEWER
from tests.site.money_world import AS_OF, WAN
from tests.site.test_fund_pages import text

from duheng import allocate
from duheng.allocate import Pin, breaches, kept
from duheng.errors import DecisionError, NotAllowed
from duheng.site.actions import allocating, funds
from duheng.site.jobs import allocations
from duheng.site.queries import allocation, scenarios
from duheng.site.queries.allocation import Ask
from duheng.site.records.models import Event, PoolProject, Scenario

ASK = Ask(years=(2026, 2027, 2028), seconds=5)


def facts(projects, code, **given):
    funds.put_facts(by=EDITOR, at=AT, project_id=projects[code], facts=funds.ProjectFacts(**given))


@pytest.fixture
def world(asked, projects):
    """Enough is known of the projects for bonds to pay A and B."""
    facts(projects, "A", cover=1200, revenue=True)
    facts(projects, "B", cover=1200, revenue=True)
    return projects


def worked_out(asked=ASK, name="三年方案", **more):
    pk = allocating.ask(by=EDITOR, at=AT, name=name, asked=asked, **more)
    allocations.work(str(pk))
    return Scenario.objects.get(pk=pk)


def test_the_problem_is_what_projects_lack_and_pools_have_left(world):
    problem = allocation.build(ASK, as_of=AS_OF).problem
    project = problem.by_code["A"]
    # 2026: 10000 planned and 300 owed, 4000 paid, 1000 more granted; 2027 as planned.
    assert [need // WAN for need in project.yearly] == [5_300, 6_000]
    assert (project.committed, project.earliest, project.latest) == (True, 2026, 2026)
    assert project.spent == {"BOND": 5_000 * WAN}
    # 80 % of 20000 are 16000, of which 5000 are granted.
    assert project.ceiling("BOND") == pytest.approx(11_000 * WAN, abs=2)
    assert project.ceiling("BOND") <= 11_000 * WAN
    bonds = problem.funds_by_code["BOND"]
    assert {year: amount // WAN for year, amount in bonds.amounts.items()} == {2026: 3_000, 2027: 5_000, 2028: 0}
    central = problem.funds_by_code["CENTRAL"]
    assert [central.counted(year) // WAN for year in ASK.years] == [1_000, 2_400, 0]


def test_the_ceiling_is_of_the_total_cost_not_of_what_is_still_lacking(world):
    project = allocation.build(ASK, as_of=AS_OF).problem.by_code["B"]
    assert project.ceilings["BOND"] == Decimal("0.8")  # 80 % of 9000, all of which is still lacking
    PoolProject.objects.filter(code="B").update(total=18_000 * WAN)
    wider = allocation.build(ASK, as_of=AS_OF).problem.by_code["B"]
    assert wider.ceilings["BOND"] == 1


def test_what_is_only_applied_for_does_not_lessen_a_need(world):
    assert allocation.build(ASK, as_of=AS_OF).problem.by_code["B"].yearly[0] == 3_000 * WAN


def test_priorities_are_by_stage_unless_somebody_says_otherwise(world):
    problem = allocation.build(ASK, as_of=AS_OF).problem
    assert problem.by_code["A"].priority > problem.by_code["B"].priority
    facts(world, "B", priority=99, cover=1200, revenue=True)
    assert allocation.build(ASK, as_of=AS_OF).problem.by_code["B"].priority == 99


def test_links_to_what_is_completed_are_as_good_as_kept(world):
    facts(world, "B", cover=1200, revenue=True, requires=("C",))
    assert allocation.build(ASK, as_of=AS_OF).problem.by_code["B"].requires == ("C",)
    PoolProject.objects.filter(code="C").update(stage="completed")
    built = allocation.build(ASK, as_of=AS_OF)
    assert built.problem.by_code["B"].requires == ()
    assert built.left_out == {"completed": 1}


def test_a_scenario_is_worked_out_checked_and_kept(world):
    row = worked_out()
    assert (row.state, row.doing) == ("done", "")
    found = scenarios.result(row)
    assert list(breaches(found.problem, found.answer)) == []
    assert found.paid == sum(each.amount for each in found.answer.payments)
    assert found.answer == allocate.solve(found.problem, seconds=5)
    assert Event.objects.filter(kind="scenario.ask", noun_id=str(row.pk)).count() == 1


def test_what_is_left_out_is_told_the_cheapest_change_which_does_let_it_in(world):
    row = worked_out()
    found = scenarios.result(row)
    out = {one.project.code: one for one in found.out}
    assert set(row.told["more"]) == {"BOND", "OWN", "CENTRAL"} if out else True
    assert all(one.reasons for one in found.out)
    code, one = next((code, one) for code, one in out.items() if code in row.told["remedies"])
    remedy = allocate.remedy(found.problem, found.answer, project=code)
    if remedy.shortage and remedy.shortage.money:
        richer = replace(
            found.problem,
            funds=tuple(
                replace(
                    fund,
                    amounts={
                        year: fund.counted(year) + remedy.shortage.money.get((fund.code, year), 0) for year in found.problem.years
                    },
                    likelihood={},
                )
                for fund in found.problem.funds
            ),
            pins=(Pin(project=code, included=True),),
        )
        assert code in allocate.solve(richer, seconds=5).starts
    assert one.remedy


def test_an_answer_that_does_not_pass_its_check_is_not_shown(world, monkeypatch):
    from duheng.errors import AnswerUnsound

    def unsound(*_args, **_more):
        raise AnswerUnsound(reason="overspends.", reason_zh="超支。")

    monkeypatch.setattr(allocate, "solve", unsound)
    row = worked_out()
    assert (row.state, row.answer) == ("failed", None)
    assert "超支" in row.error_zh


def test_a_fault_of_the_program_is_told_and_logged(world, monkeypatch, caplog):
    monkeypatch.setattr(allocation, "build", lambda *_args, **_more: 1 / 0)
    row = worked_out()
    assert row.state == "failed"
    assert "日志" in row.error_zh
    assert "ZeroDivisionError" in caplog.text


def test_where_nothing_can_be_decided_it_says_why(db):
    row = worked_out()
    assert row.state == "failed"
    assert "项目" in row.error_zh


def test_mandatory_projects_that_cannot_be_together_are_told_as_a_smallest_set(world, sign_in):
    facts(world, "C", mandatory=True)
    row = worked_out()
    assert scenarios.result(row).impossible
    page = text(sign_in(EDITOR, "en").get(reverse("scenario", args=[row.pk])))
    assert "What cannot be together" in page


def test_cancelled_before_it_begins_it_never_runs_and_cancelled_while_it_runs_it_keeps_nothing(world, monkeypatch):
    pk = allocating.ask(by=EDITOR, at=AT, name="x", asked=ASK)
    allocating.cancel(by=EDITOR, at=AT, scenario_id=pk)
    allocations.work(str(pk))
    assert Scenario.objects.get(pk=pk).state == "cancelled"
    pk = allocating.ask(by=EDITOR, at=AT, name="y", asked=ASK)
    solve = allocate.solve

    def meanwhile(*args, **more):
        allocating.cancel(by=EDITOR, at=AT, scenario_id=pk)
        return solve(*args, **more)

    monkeypatch.setattr(allocate, "solve", meanwhile)
    allocations.work(str(pk))
    row = Scenario.objects.get(pk=pk)
    assert (row.state, row.answer) == ("cancelled", None)


def test_a_scenario_whose_worker_died_says_so(world):
    pk = allocating.ask(by=EDITOR, at=AT, name="x", asked=ASK)
    assert allocating.begin(str(pk))
    assert allocating.begin(str(pk)) is None
    allocating.abandon(at=AT)
    assert Scenario.objects.get(pk=pk).state == "failed"


def test_a_pin_makes_a_scenario_of_its_own_that_keeps_to_it_and_can_be_compared(world, sign_in):
    client = sign_in(EDITOR, "en")
    first = worked_out()
    chosen = scenarios.result(first).chosen[0].project.code
    answer = client.post(reverse("scenario-pin", args=[first.pk]), {"project": chosen, "kind": "out"})
    pk = int(answer.url.rsplit("/", 1)[1])
    allocations.work(str(pk))
    second = scenarios.result(Scenario.objects.get(pk=pk))
    assert chosen not in second.answer.starts
    assert chosen in scenarios.result(Scenario.objects.get(pk=first.pk)).answer.starts
    page = text(client.get(reverse("scenario-compare", args=[first.pk]) + f"?with={pk}"))
    assert scenarios.result(first).problem.by_code[chosen].title in page
    answer = client.post(reverse("scenario-pin", args=[pk]), {"drop": "0"})
    open_again = int(answer.url.rsplit("/", 1)[1])
    allocations.work(str(open_again))
    again = scenarios.result(Scenario.objects.get(pk=open_again))
    assert again.answer.objective == scenarios.result(first).answer.objective


def test_this_project_this_fund(world):
    row = worked_out(asked=replace(ASK, pins=(Pin(project="A", included=True, fund="BOND"),)))
    found = scenarios.result(row)
    paid = sum(each.amount for each in found.answer.payments if (each.project, each.fund) == ("A", "BOND"))
    ceiling = found.problem.by_code["A"].ceiling("BOND")
    assert paid == min(ceiling, 11_300 * WAN) or found.impossible


def test_a_pin_of_a_project_that_is_not_there_is_told(world, sign_in):
    row = worked_out()
    answer = sign_in(EDITOR, "en").post(reverse("scenario-pin", args=[row.pk]), {"project": "nobody", "kind": "in"}, follow=True)
    assert "choose one from the list" in text(answer)


def test_rolled_on_it_keeps_its_commitments(world):
    first = worked_out()
    found = scenarios.result(first)
    pk = allocating.roll(by=EDITOR, at=AT, scenario_id=first.pk, name="滚动")
    allocations.work(str(pk))
    row = Scenario.objects.get(pk=pk)
    later = scenarios.result(row)
    assert later.problem.years == (2027, 2028, 2029)
    assert row.rolled_from_id == first.pk
    begun = {code for code, start in found.answer.starts.items() if start == 2026}
    going_on = {code for code in begun if any(found.problem.by_code[code].yearly[1:])}
    assert going_on <= set(later.answer.starts)
    assert all(later.problem.by_code[code].mandatory for code in going_on)


def test_what_has_no_answer_is_not_rolled(world):
    pk = allocating.ask(by=EDITOR, at=AT, name="x", asked=ASK)
    with pytest.raises(DecisionError):
        allocating.roll(by=EDITOR, at=AT, scenario_id=pk, name="y")


def test_the_workbook_holds_the_answer_to_the_fen(world, sign_in):
    row = worked_out()
    found = scenarios.result(row)
    answer = sign_in(VIEWER, "zh-hans").get(reverse("scenario-export", args=[row.pk]) + "?money=wan")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert len(book.sheetnames) == 5
    payments = book.worksheets[1]
    amounts = [cell.value for cell in payments[next_column(payments, "金额")]][1 : 1 + len(found.answer.payments)]
    assert sum(Decimal(str(value)) for value in amounts) * WAN == found.paid


def next_column(sheet, word):
    return next(cell.column_letter for cell in sheet[1] if word in str(cell.value))


def test_the_pages_open_for_each_role_and_only_editors_ask(world, sign_in):
    row = worked_out()
    for by in (EDITOR, VIEWER):
        for language in ("zh-hans", "en"):
            client = sign_in(by, language)
            for address in (reverse("studio"), reverse("scenario", args=[row.pk])):
                assert client.get(address).status_code == 200
    viewer = sign_in(VIEWER)
    assert "查看本方案" not in text(viewer.get(reverse("studio")))
    for name in ("scenario-pin", "scenario-roll", "scenario-cancel", "scenario-remove"):
        assert viewer.post(reverse(name, args=[row.pk]), {"project": "A", "kind": "in"}).status_code == 403
    assert viewer.post(reverse("studio"), {"name": "x", "first": 2026, "count": 3, "seconds": 5}).status_code == 403
    with pytest.raises(NotAllowed):
        allocating.ask(by=VIEWER, at=AT, name="x", asked=ASK)


def test_a_wrong_question_is_told_beside_its_field(world, sign_in):
    answer = sign_in().post(reverse("studio"), {"name": "x", "first": "26", "count": "0", "seconds": "5"})
    assert answer.status_code == 422
    assert not Scenario.objects.exists()


def test_removed_it_leaves_a_line_of_history(world, sign_in):
    row = worked_out()
    sign_in().post(reverse("scenario-remove", args=[row.pk]))
    assert not Scenario.objects.exists()
    assert Event.objects.filter(kind="scenario.remove").exists()


def test_what_is_kept_is_read_back_as_it_was(world):
    problem = allocation.build(ASK, as_of=date(2026, 6, 30)).problem
    assert kept.problem_of(kept.keep(problem)) == problem
    assert Ask.of(replace(ASK, pins=(Pin(project="A", start=2027),)).plain()).pins == (Pin(project="A", start=2027),)
