"""History: who did what, when, from what to what."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from duheng.site.access import Role
from duheng.site.queries import funds, known, pool_events, visible, wording
from duheng.site.records.models import Decision, Event

KINDS: Mapping[str, tuple[str, str]] = {
    "plan.import": ("导入计划", "imported a plan"),
    "plan.withdraw": ("撤回计划", "withdrew a plan"),
    "import.ask": ("上传报告", "uploaded reports"),
    "import.cancel": ("取消导入", "cancelled an import"),
    "indicator.target": ("修改目标", "changed a target"),
    "indicator.change": ("修改指标", "changed an indicator"),
    "project.change": ("修改项目", "changed a project"),
    "project.merge": ("合并项目", "merged projects"),
    "project.split": ("拆分项目", "split a project"),
    "review.accepted": ("复核：采纳", "review: accepted"),
    "review.corrected": ("复核：已更正", "review: corrected"),
    "review.dismissed": ("复核：不处理", "review: dismissed"),
    "review.reopen": ("复核：重新打开", "review: reopened"),
    "review.undo": ("撤销", "undid"),
    "review.forget": ("删除已记住的决定", "forgot a decision"),
    "audit.run": ("重新审核文件", "audited a document again"),
    "audit.accept": ("接受审核发现", "accepted a finding"),
    "audit.reopen": ("审核发现重新打开", "reopened a finding"),
    "owner.change": ("确定牵头单位", "named the lead office"),
    "owner.accept": ("采纳建议的牵头单位", "accepted the suggested lead office"),
    "owners.accept": ("采纳全部建议的牵头单位", "accepted all suggested lead offices"),
    "owners.load": ("导入任务分工表", "loaded a division of tasks"),
    "owners.undo": ("撤回任务分工表", "took a division of tasks back"),
    "watch.refresh": ("研判目标", "worked the outlook out"),
    "pool.refresh": ("研判项目库", "worked out how the pool's projects stand"),
    "figures.ask": ("上传数据", "uploaded figures"),
    "figures.load": ("载入数据", "took figures in"),
    "figures.undo": ("撤销数据载入", "undid a load of figures"),
    "fundpool.add": ("新增资金池", "added a pool of money"),
    "fundpool.change": ("修改资金池", "changed a pool of money"),
    "fundpool.remove": ("删除资金池", "removed a pool of money"),
    "fund.facts": ("修改项目资金信息", "changed what funds ask of a project"),
    "fund.waive": ("对项目不适用某条资金规则", "set a rule of a fund aside"),
    "funds.apply": ("资金申报", "applied for money"),
    "funds.step": ("资金申报进展", "moved an application on"),
    "funds.back": ("撤回申报的一步", "took a step of an application back"),
    "funds.load": ("导入资金申报表", "loaded a sheet of applications"),
    "scenario.ask": ("测算资金安排", "asked who is paid"),
    "scenario.cancel": ("取消测算", "cancelled a scenario"),
    "scenario.remove": ("删除测算方案", "removed a scenario"),
    "projects.load": ("载入项目清单", "took a list of projects in"),
    "projects.undo": ("撤销项目清单", "undid a list of projects"),
    "pool.add": ("新增入库项目", "added a project to the pool"),
    "pool.describe": ("修改项目信息", "changed what is told of a project"),
    "pool.stage": ("变更项目阶段", "moved a project to a stage"),
    "pool.year": ("修改年度计划", "changed the plan for a year"),
    "pool.month": ("登记月度进展", "entered a month"),
    "pool.milestone": ("登记节点", "entered a milestone"),
    "pool.problem": ("提出问题", "raised a problem"),
    "pool.settle": ("问题办结", "settled a problem"),
    "pool.reopen": ("问题重新打开", "reopened a problem"),
    "pool.delay": ("登记滞后原因", "gave a reason for delay"),
    "pool.gate": ("登记前期手续", "entered a gate"),
    "pool.bank": ("纳入项目库", "entered a bank"),
    "pool.leave": ("退出项目库", "left a bank"),
    "pool.public": ("公开项目", "made a project public"),
    "pool.paper": ("上传项目文件", "attached a paper"),
    "pool.takeback": ("撤回登记", "took an entry back"),
    "pool.same": ("认定为同一项目", "said to be one project"),
    "pool.apart": ("认定为不同项目", "said to be two projects"),
    "indicator.confirm": ("登记上级确认", "recorded the superior's word"),
    "appraise.load": ("载入评价表", "took an appraisal sheet in"),
    "appraise.undo": ("撤销评价表", "took an appraisal sheet back"),
    "appraise.publish": ("公示评价结果", "published grades"),
    "appraise.exempt": ("调整不定等级", "changed an exemption"),
    "appraise.correct": ("按申诉更正", "corrected after an appeal"),
    "appeal.file": ("登记申诉", "filed an appeal"),
    "appeal.settle": ("办结申诉", "settled an appeal"),
    "workspace.restore": ("从备份恢复", "restored from a backup"),
    "person.add": ("添加人员", "added a person"),
    "person.change": ("修改人员", "changed a person"),
    "person.password": ("重设密码", "set a password"),
}
_FIELDS: Mapping[str, tuple[str, str]] = {
    "text": ("目标", "target"),
    "kind": ("类型", "kind"),
    "value": ("数值", "value"),
    "value2": ("上限", "upper value"),
    "note": ("范围说明", "scope note"),
    "code": ("目录代码", "catalog code"),
    "nature": ("属性", "nature"),
    "actual_value": ("上年结果", "last year's result"),
    "actual_unit": ("单位", "unit"),
    "actual_period": ("时期", "period"),
    "actual_text": ("原文", "as printed"),
    "actual_comparator": ("比较符", "comparator"),
    "name": ("名称", "name"),
    "aliases": ("别名", "aliases"),
    "stage": ("阶段", "stage"),
    "since": ("自", "since"),
    "aim": ("本年目标阶段", "stage aimed at"),
    "group": ("分组", "group"),
    "merged": ("合并", "merged"),
    "split": ("拆出", "split off"),
    "items": ("事项", "items"),
    "recalled": ("沿用以前的决定", "decided as before"),
    "meaning": ("对应", "meaning"),
    "state": ("状态", "state"),
    "file": ("备份文件", "backup file"),
    "made_at": ("备份时间", "backup made at"),
    "version": ("备份时的版本", "version that made it"),
    "role": ("角色", "role"),
    "active": ("可登录", "may sign in"),
    "documents": ("文件", "documents"),
    "indicators": ("指标", "indicators"),
    "projects": ("项目", "projects"),
    "tasks": ("任务", "tasks"),
    "accepted": ("已接受", "accepted"),
    "findings": ("审核发现", "findings"),
    "lead": ("牵头单位", "lead office"),
    "support": ("配合单位", "supporting offices"),
    "leader": ("分管领导", "responsible leader"),
    "deadline": ("完成时限", "deadline"),
    "sheet": ("分工表", "sheet"),
    "restored": ("恢复", "restored"),
    "kept": ("其后另有修改，保留", "changed since, kept"),
    "new": ("新增", "new"),
    "revised": ("修订", "revised"),
    "confirmed": ("确认", "confirmed"),
    "unchanged": ("不变", "unchanged"),
    "mentions": ("事项", "items"),
    "as_of": ("依据日期", "by what was known on"),
    "targets": ("目标", "targets"),
    "turned": ("变灯", "lights turned"),
    "fund_kind": ("资金类型", "kind of fund"),
    "amounts": ("年度金额", "amounts by year"),
    "carry_over": ("可结转", "carries over"),
    "opens": ("申报开始", "applications open"),
    "closes": ("申报截止", "applications close"),
    "spend_months": ("支出期限（月）", "months to spend it"),
    "likelihood": ("到位可能性（%）", "likelihood, %"),
    "paper": ("文件", "paper"),
    "priority": ("优先级", "priority"),
    "mandatory": ("必须安排", "mandatory"),
    "earliest": ("最早开工", "earliest start"),
    "latest": ("最迟开工", "latest start"),
    "cover": ("本息覆盖倍数", "debt-service cover"),
    "revenue": ("有收益", "earns revenue"),
    "requires": ("前置项目", "requires"),
    "excludes": ("互斥项目", "excludes"),
    "waived": ("不适用的规则", "rules set aside"),
    "step": ("环节", "step"),
    "on": ("日期", "day"),
    "amount": ("金额", "amount"),
    "applications": ("申报", "applications"),
    "years": ("年份", "years"),
    "title": ("标题", "title"),
    "outcome": ("完成情况", "outcome"),
    "published": ("公示日期", "published on"),
    "due": ("答复期限", "answer due"),
    "grade": ("等级", "grade"),
    "rank": ("位次", "rank"),
    "score": ("得分", "score"),
    "changes": ("更正", "corrections"),
    "year": ("年度", "year"),
}
_VALUES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "kind": wording.KINDS,
    "nature": wording.NATURES,
    "stage": wording.STAGES,
    "aim": wording.STAGES,
    "state": {
        "open": ("待复核", "open"),
        "accepted": ("已采纳", "accepted"),
        "corrected": ("已更正", "corrected"),
        "dismissed": ("不处理", "dismissed"),
    },
    "step": funds.STEPS,
    "role": {role.value: role.words for role in Role},
    "outcome": wording.OUTCOMES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field of an event: before and after, as shown."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of history."""

    at: datetime
    by: str
    what: str
    noun: str
    noun_id: str
    name: str
    changes: tuple[Change, ...]
    reason: str
    decision: int | None  # what can be undone


def lines(
    *,
    language: str,
    role: Role,
    noun: str = "",
    noun_id: object = "",
    kinds: Collection[str] = (),
    limit: int = 200,
    start: int = 0,
) -> list[Line]:
    """History, newest first; of one thing only where `noun` is given, of some kinds only where these are."""
    events = Event.objects.filter(kind__in=kinds) if kinds else Event.objects.all()
    if noun:
        events = events.filter(noun=noun, noun_id=str(noun_id))
    found = list(events[start : start + limit])
    made = Decision.objects.filter(event__in=found, undone_at__isnull=True).values_list("event_id", "pk")
    undoable = dict(made)
    return [_line(event, language, undoable.get(event.pk), role) for event in found]


def count() -> int:
    """How many lines there are."""
    return Event.objects.count()


def changes(event: Event, *, language: str, leaving: Sequence[str] = ()) -> tuple[Change, ...]:
    """What an event changed, field by field, leaving some out."""
    before, after = event.before or {}, event.after or {}
    pooled = event.kind.startswith("pool.")
    names = {**_FIELDS, **pool_events.FIELDS} if pooled else _FIELDS
    return tuple(
        Change(
            field=wording.of(names, name, language=language),
            before=_shown(name, before.get(name), language, pooled=pooled),
            after=_shown(name, after.get(name), language, pooled=pooled),
        )
        for name in dict.fromkeys([*before, *after])
        if name not in leaving
    )


def _line(event: Event, language: str, decision: int | None, role: Role) -> Line:
    return Line(
        at=event.at,
        by=event.by,
        what=wording.of(KINDS, event.kind, language=language),
        noun=event.noun,
        noun_id=event.noun_id,
        name=event.name,
        changes=changes(event, language=language),
        reason=visible.reason(event, role),
        decision=decision,
    )


def _shown(name: str, value: Any, language: str, *, pooled: bool = False) -> str:
    if value is None or value == "":
        return ""
    if pooled and (said := pool_events.shown(name, value, language=language)) is not None:
        return said
    if isinstance(value, bool):
        return ("是", "yes")[language != "zh"] if value else ("否", "no")[language != "zh"]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ("、" if language == "zh" else ", ").join(str(item) for item in value)
    if name == "fund_kind" and (kind := known.fund_kinds().get(str(value))) is not None:
        return kind.zh if language == "zh" else kind.en
    return wording.of(_VALUES.get(name, {}), str(value), language=language)
