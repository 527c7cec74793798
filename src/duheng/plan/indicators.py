"""The indicators of a plan: the rows of its table joined with what the text says, and the targets that only the text has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from duheng import pattern as re
from duheng.plan.actual import actual_of
from duheng.plan.goals import Goal, goals
from duheng.plan.lines import Line, lines
from duheng.plan.naming import Name, Naming
from duheng.plan.paper import Paper
from duheng.plan.passage import Side
from duheng.plan.plan import Mention, Nature, PlannedIndicator, ReviewItem, StatedResult
from duheng.plan.said import Said, join, said_by
from duheng.plan.shares import unsummed
from duheng.plan.target import Checkpoint, InStepWith, Reference, Target
from duheng.plan.verdict import Polarity
from duheng.plan.wording import parse_target
from duheng.read import Claim, IndicatorRow, Measure, Role, result_rows

_SEVERAL = re.compile(r"十[三四五六七]五[”\"]?(?:时期|期间)|(?:今后|未来)(?:五|三|[35])年|到20\d\d年")


_PROPOSED_FOR = 300  # names the catalog does not have: a sheet of thousands is no plan, and must not hold everything up


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stated:
    """A target the text states, with the name it goes by."""

    code: str | None
    name: str
    key: Name
    unit: str
    said: Said
    is_goal: bool


@dataclass(slots=True)
class _Desk:
    """What is being put together."""

    papers: Sequence[Paper]
    naming: Naming
    year: int
    review: list[ReviewItem] = field(default_factory=list)
    unnamed: int = 0  # names so far that the catalog does not have
    taken: set[int] = field(default_factory=set)  # indexes of stated targets that have joined an indicator


def indicators(papers: Sequence[Paper], *, naming: Naming, year: int) -> tuple[list[PlannedIndicator], list[ReviewItem]]:
    """The indicators in the order of the table, then those only the text has in the order stated; and what needs a decision."""
    desk = _Desk(papers, naming, year)
    stated = [each for paper in papers for each in (*_stated_goals(paper, desk), *_stated_claims(paper, desk))]
    results = [(row, paper) for paper in papers for row in result_rows(paper.document, year=year - 1)]
    printed = lines(papers, naming=naming, year=year)
    found = [each for number, line in _numbered(printed) if (each := _from_line(line, number, stated, results, desk))]
    found += _from_text(stated, desk)
    return [_in_step(each, naming) for each in found], desk.review


def results_beside(found: Sequence[PlannedIndicator], papers: Sequence[Paper]) -> Iterator[StatedResult]:
    """The past year's results of the catalog's indicators, and of tables' rows, for which the plan has no target."""
    naming, year = papers[0].naming, papers[0].year
    planned: set[str | tuple[Name, str] | None] = {(naming.name(each.name), each.unit) for each in found}
    planned |= {each.code for each in found}
    results = [(row, paper) for paper in papers for row in result_rows(paper.document, year=year - 1)]
    rows = [(naming.bind(row.name, unit=row.unit), row) for row, _ in results]
    spoken = dict.fromkeys(code for paper in papers for code in paper.results.codes)
    rows += [(code, IndicatorRow.of_text(name=naming.entries[code].zh, unit=naming.entries[code].unit)) for code in spoken]
    for code, row in rows:
        known = code or (naming.name(row.name), row.unit)
        if known in planned:
            continue
        actual, _ = actual_of([(row, papers[0])], results, papers=papers, code=code)
        if actual is not None:
            planned.add(known)
            yield StatedResult(code=code, name=row.name, unit=row.unit, result=actual)


def _numbered(printed: Sequence[Line]) -> Iterator[tuple[int, Line]]:
    """The lines with their row in the table; what only an annex has is counted on behind the report's own rows."""
    own = printed[0].rows[0][1] if printed else None
    last = max((line.rows[0][0].number for line in printed if line.rows[0][1] is own), default=0)
    for line in printed:
        row, paper = line.rows[0]
        last += paper is not own
        yield (row.number if paper is own else last), line


def _from_line(
    line: Line, number: int, stated: Sequence[_Stated], results: Sequence[tuple[IndicatorRow, Paper]], desk: _Desk
) -> PlannedIndicator | None:
    """The indicator of one line; its first cell with a target holds, and what differs from it is asked about."""
    cells = list(line.targets())
    target, place, text = next((each for each in cells if each[0] is not None), cells[0] if cells else (None, line.place(), ""))
    checkpoints, parts = line.checkpoints(), line.parts()
    target = target or _of_checkpoints(checkpoints)
    if target is None:
        desk.review.append(_untyped(line.name, place, text))
        return None
    if line.code is None:
        desk.review.append(_unnamed(line.name, line.unit, place, desk))
    own = [i for i, each in enumerate(stated) if _same(each, line.code, desk.naming.name(line.name), line.unit)]
    desk.taken.update(own)
    joined, mentions = _joined(target, place, [*(stated[i].said for i in own), *line.said(target)], line.name, desk)
    joined = replace(joined, checkpoints=checkpoints, parts=parts)
    if doubt := unsummed(line.name, joined, line.parts_place()):
        desk.review.append(doubt)
    actual, doubts = actual_of(line.rows, results, papers=desk.papers, code=line.code)
    desk.review.extend(doubts)
    mentions = tuple(dict.fromkeys([*mentions, *line.mentions()]))
    return PlannedIndicator(
        row=number,
        code=line.code,
        name=line.name,
        unit=line.unit,
        nature=Nature(line.nature or Nature.UNSTATED),
        target=replace(joined, sentences=_sentences(mentions)),
        actual=actual,
        mentions=mentions,
        earlier=line.earlier(),
        owner=line.owner,
    )


def _of_checkpoints(checkpoints: Sequence[Checkpoint]) -> Target | None:
    """The year's target, where a table by quarter gives it only as its last column."""
    return checkpoints[-1].target if checkpoints and len(checkpoints[-1].period) == len("2025") else None


def _joined(target: Target, place: Mention, others: Sequence[Said], name: str, desk: _Desk) -> tuple[Target, tuple[Mention, ...]]:
    joined, disagreeing = join(target, others)
    for said in disagreeing:
        desk.review.append(_conflict(name, (target, place), said, desk.papers))
    agreeing = [said.mention for said in others if said not in disagreeing]
    return joined, tuple(dict.fromkeys([place, *agreeing]))


def _from_text(stated: Sequence[_Stated], desk: _Desk) -> list[PlannedIndicator]:
    """Targets that only the text has: goals under any name, other claims only where the catalog knows them."""
    found: list[PlannedIndicator] = []
    for i, each in enumerate(stated):
        if i in desk.taken or not (each.code or each.is_goal) or each.said.stretch:
            continue
        own = [j for j in range(i + 1, len(stated)) if j not in desk.taken and _same(stated[j], each.code, each.key, each.unit)]
        desk.taken.update([i, *own])
        target, mentions = _joined(each.said.target, each.said.mention, [stated[j].said for j in own], each.name, desk)
        if each.code is None:
            desk.review.append(_unnamed(each.name, each.unit, each.said.mention, desk))
        actual, doubts = actual_of(
            [(IndicatorRow.of_text(name=each.name, unit=each.unit), desk.papers[0])], (), papers=desk.papers, code=each.code
        )
        desk.review.extend(doubts)
        found.append(
            PlannedIndicator(
                row=None,
                code=each.code,
                name=each.name,
                unit=each.unit,
                nature=Nature.UNSTATED,
                target=replace(target, sentences=_sentences(mentions)),
                actual=actual,
                mentions=mentions,
            )
        )
    return sorted(found, key=lambda each: (each.mentions[0].document, each.offset))


def _sentences(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.sentence for mention in mentions))


def _stated_goals(paper: Paper, desk: _Desk) -> list[_Stated]:
    """The goals' sentence, clause by clause; a sentence of which nothing can be typed is no list of goals."""
    found: list[_Stated] = []
    untyped: list[ReviewItem] = []
    for goal in goals(paper.passages, knows=_known_by(desk.naming)):
        mention = Mention(document=paper.index, offset=goal.offset, end=goal.end, sentence=goal.sentence)
        stated = _typed(goal, mention, desk.naming)
        if stated is None:
            untyped.append(_untyped(goal.name, mention, goal.said))
        else:
            found.append(stated)
    typed = {each.said.mention.sentence for each in found}
    desk.review.extend(item for item in untyped if item.mention.sentence in typed)
    return found


def _typed(goal: Goal, mention: Mention, naming: Naming) -> _Stated | None:
    key = naming.name(goal.name)
    first = parse_target(goal.said, polarity=Polarity.HIGHER)
    if first is None:
        return None
    unit = first.unit or ("%" if key.measure in ("growth", "fall", "share") else "")
    code = naming.bind(goal.name, unit=unit)
    polarity = Polarity.HIGHER if goal.falls else naming.polarity(code, name=goal.name)
    target = parse_target(goal.said, unit=unit, polarity=polarity) or first
    said = Said(target=replace(target, sentences=(goal.sentence,)), mention=mention)
    return _Stated(code=code, name=goal.name, key=key, unit=unit, said=said, is_goal=True)


def _known_by(naming: Naming) -> Callable[[str], bool]:
    return lambda name: naming.bind(name, unit="") is not None


def _stated_claims(paper: Paper, desk: _Desk) -> list[_Stated]:
    """The text's other numbers for the planned year; those inside the goals' sentence were read with it."""
    goal_sentences = {passage.offset for passage in paper.passages if passage.states_goals and passage.side is not Side.PAST}
    found = []
    for claim in paper.prose:
        if claim.role is not Role.TARGET or not _is_of_year(claim, desk.year):
            continue
        if _is_of_years(claim, paper):
            continue
        if claim.sentence_offset not in goal_sentences and paper.side_at(claim.offset) is not Side.PAST:
            found.append(_stated_claim(claim, paper, desk.naming))
    return found


def _stated_claim(claim: Claim, paper: Paper, naming: Naming) -> _Stated:
    code = naming.bind(claim.subject, unit=claim.unit, measure=claim.measure)
    key = naming.name(claim.subject, measure=claim.measure)
    entry = naming.entries.get(code) if code else None
    falls = bool(entry and entry.fall) and (claim.value < 0 or key.measure == "fall")
    polarity = naming.polarity(code, name=claim.subject)
    said = said_by(claim, document=paper.document, index=paper.index, polarity=polarity, falls=falls)
    return _Stated(code=code, name=_shown(claim), key=key, unit=claim.unit, said=said, is_goal=False)


def _shown(claim: Claim) -> str:
    """The claim's subject as a name: without the verb that leads it, with the measure it leaves out."""
    name = re.sub(r"^(?:完成|完工|实现|确保|推动|建成(?!区)|力争|争取)+(?=.{2})", "", claim.subject)
    grows = claim.measure is Measure.GROWTH and not re.search(r"(?:增长|增速|涨幅|增幅|下降|降低|下降率|降低率)$", name)
    return f"{name}{'下降' if claim.value < 0 else '增长'}" if grows else name


def _is_of_year(claim: Claim, year: int) -> bool:
    return claim.period in (str(year), f"{year}-end")


def _is_of_years(claim: Claim, paper: Paper) -> bool:
    """Whether the words before the number speak of several years (“十五五”时期 … 年均增长5%)."""
    before = paper.document.text[claim.sentence_offset : claim.offset]
    return bool(_SEVERAL.search(before) or "年均" in re.split(r"[，；]", before)[-1])


def _same(stated: _Stated, code: str | None, key: Name, unit: str) -> bool:
    if code is not None or stated.code is not None:
        return stated.code == code
    from_units = not unit or not stated.unit or unit == stated.unit
    return stated.key == key and from_units


def _in_step(indicator: PlannedIndicator, naming: Naming) -> PlannedIndicator:
    """With the indicators an in-step target names bound to their codes."""
    target = indicator.target
    if not isinstance(target, InStepWith):
        return indicator
    bound = tuple(
        Reference(text=each.text, code=each.code or naming.bind(each.text, unit="%", measure=Measure.GROWTH))
        for each in target.references
    )
    return replace(indicator, target=replace(target, references=bound))


def _untyped(name: str, mention: Mention, text: str) -> ReviewItem:
    if text:
        reason = (
            f"目标“{text}”的写法不能识别，请补充。",
            f"The target “{text}” is worded in a way that is not known; please type it in.",
        )
    else:
        reason = ("表中没有目标值。", "The table gives no target.")
    return ReviewItem(kind="target", item=name, reason=reason, mention=mention)


def _unnamed(name: str, unit: str, mention: Mention, desk: _Desk) -> ReviewItem:
    naming = desk.naming
    desk.unnamed += 1
    proposals = naming.propose(name, unit=unit) if desk.unnamed <= _PROPOSED_FOR else ()
    if proposals:
        zh = "、".join(f"{naming.entries[each.code].zh}（{each.code}）" for each in proposals)
        en = ", ".join(f"{naming.entries[each.code].en} ({each.code})" for each in proposals)
        reason = (f"目录中没有同名指标，可能是：{zh}。", f"No indicator of the catalog has this name; it may be: {en}.")
    else:
        reason = ("目录中没有这个指标。", "The catalog has no such indicator.")
    refers_to = tuple(each.code for each in proposals)
    return ReviewItem(kind="indicator_name", item=name, reason=reason, mention=mention, refers_to=refers_to)


def _conflict(name: str, first: tuple[Target, Mention], said: Said, papers: Sequence[Paper]) -> ReviewItem:
    """What disagrees, with both places; between two files each is named."""
    target, place = first
    here, there = ("一处", "另一处"), ("One place", "another")
    if place.document != said.mention.document:
        names = [papers[mention.document].document.name for mention in (place, said.mention)]
        here, there = (f"《{names[0]}》", f"《{names[1]}》"), (f"{names[0]}", f"{names[1]}")
    return ReviewItem(
        kind="target",
        item=name,
        reason=(
            f"{here[0]}写“{target.text}”，{here[1]}写“{said.target.text}”，现按前者，请核实以哪个为准。",
            f"{there[0]} says “{target.text}”, {there[1]} “{said.target.text}”; the first was taken, please say which holds.",
        ),
        mention=said.mention,
    )
