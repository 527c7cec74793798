"""What decisions do to a plan, each noted in the decision's journal: targets, facts, merging, splitting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Max

from duheng.errors import DecisionError
from duheng.plan.target import Target
from duheng.site.actions.journal import Journal
from duheng.site.records.models import Indicator, Mention, Ownership, Plan, Project, ReviewItem, TargetVersion
from duheng.site.records.shape import target_columns, target_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What of a project becomes a project of its own: names and sentences, under `name`."""

    name: str
    names: tuple[str, ...] = ()
    mentions: tuple[int, ...] = ()
    stage: str = "unknown"
    aim: str | None = None


def retarget(journal: Journal, indicator: Indicator, target: Target, *, reason: str) -> tuple[TargetVersion, TargetVersion]:
    """A new version of the target after the last one; both are given back."""
    last = indicator.targets.latest("number")
    old = target_of(kind=last.kind, value=last.value, value2=last.value2, note=last.note, text=last.text, extra=last.extra)
    columns = target_columns(replace(target, sentences=old.sentences, checkpoints=old.checkpoints, parts=old.parts))
    new = journal.create(
        TargetVersion,
        indicator=indicator,
        number=last.number + 1,
        at=journal.at,
        by=journal.by.name,
        reason=reason,
        **columns,
    )
    return last, new


def add_indicator(journal: Journal, item: ReviewItem, target: Target, *, reason: str) -> Indicator:
    """An indicator for a goal whose wording could not be read: its target is what the person typed."""
    plan = item.plan
    last = plan.indicators.aggregate(last=Max("position"))["last"]
    row = journal.create(
        Indicator,
        plan=plan,
        position=0 if last is None else last + 1,
        name=item.item[:255],
        unit=getattr(target, "unit", "") or "",
        nature="unstated",
    )
    journal.create(
        TargetVersion,
        indicator=row,
        number=1,
        at=journal.at,
        by=journal.by.name,
        reason=reason,
        **target_columns(replace(target, sentences=tuple(item.mentions.values_list("sentence", flat=True)))),
    )
    for mention in item.mentions.all():
        copy_mention(journal, mention, indicator=row)
    return row


def merge(journal: Journal, kept: Project, others: Sequence[Project], *, name: str = "") -> None:
    """Names and sentences of `others` move to `kept`, which may take another of their names."""
    stage, aim = kept.stage, kept.aim
    names = [kept.name, *kept.aliases]
    place = kept.mentions.count()
    for other in others:
        names += [other.name, *other.aliases]
        aim = aim or other.aim
        stage = other.stage if stage == "unknown" else stage
        for mention in other.mentions.all():
            journal.change(mention, loose=["position"], project=kept, position=place)
            place += 1
        owner = Ownership.objects.filter(project=other).first()
        if owner and not Ownership.objects.filter(project=kept).exists():
            journal.change(owner, loose=["project"], project=kept)
        journal.change(other, merged_into=kept)
    chosen = name or kept.name
    aliases = [each for each in dict.fromkeys(names) if each != chosen]
    journal.change(kept, loose=["name", "stage", "aim", "aliases"], name=chosen, aliases=aliases, stage=stage, aim=aim)


def split(journal: Journal, project: Project, part: Part) -> Project:
    """Names and sentences of a project become one of their own; whole sentences move, and something must stay."""
    names = [project.name, *project.aliases]
    staying = [each for each in names if each not in part.names]
    if not staying or not part.name.strip():
        raise DecisionError(
            name=project.name,
            reason="one name at least must stay, and the new project needs one.",
            reason_zh="原项目至少要留一个名称，新项目也要有名称。",
        )
    moving = _moving(project, part)
    new = journal.create(
        Project,
        plan=project.plan,
        position=_last(project.plan, "position") + 1,
        code=_next_code(project.plan),
        name=part.name.strip()[:255],
        aliases=[each for each in part.names if each != part.name.strip()],
        stage=part.stage,
        aim=part.aim,
        group=project.group,
    )
    for place, mention in enumerate(moving):
        journal.change(mention, loose=["position"], project=new, position=place)
    journal.change(project, loose=["name", "aliases"], name=staying[0], aliases=staying[1:])
    return new


def copy_mention(journal: Journal, mention: Mention, *, position: int = 0, **item: Any) -> None:
    """The same sentence for another item."""
    journal.create(
        Mention,
        document_id=mention.document_id,
        offset=mention.offset,
        end=mention.end,
        sentence=mention.sentence,
        said=mention.said,
        within=mention.within,
        position=position,
        **item,
    )


def standing(plan: Plan, codes: Iterable[str]) -> list[Project]:
    """The projects of these codes, or what they were merged into, each once, locked."""
    every = Project.every.select_for_update().filter(plan=plan)
    asked = list(codes)
    by_code = {row.code: row for row in every.filter(code__in=asked)}
    found: dict[int, Project] = {}
    for code in asked:
        row = by_code.get(code)
        while row is not None and row.merged_into_id:
            row = every.filter(pk=row.merged_into_id).first()
        if row is not None:
            found[row.pk] = row
    return list(found.values())


def _moving(project: Project, part: Part) -> list[Mention]:
    """The sentences chosen, or those that use the names chosen."""
    mentions = list(project.mentions.all())
    if part.mentions:
        moving = [each for each in mentions if each.pk in part.mentions]
    else:
        staying = [each for each in (project.name, *project.aliases) if each not in part.names]
        moving = [each for each in mentions if each.said in part.names and each.said not in staying]
    if mentions and len(moving) == len(mentions):
        raise DecisionError(
            name=project.name,
            reason="all its sentences would leave it. Rename it instead, or leave one.",
            reason_zh="它的全部出处都会移走。可改为修改名称，或至少留下一处。",
        )
    return moving


def _last(plan: Plan, column: str) -> int:
    return int(Project.every.filter(plan=plan).aggregate(last=Max(column))["last"] or 0)


def _next_code(plan: Plan) -> str:
    numbers = [int(code[1:]) for code in Project.every.filter(plan=plan).values_list("code", flat=True) if code[1:].isdigit()]
    return f"P{max(numbers, default=0) + 1:03d}"
