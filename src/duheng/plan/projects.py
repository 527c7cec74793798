"""The projects of a plan: one for each real thing, under all the names the report gives it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from duheng.plan.kinship import Kin, Kinship, Likeness, short_forms
from duheng.plan.named import Named, named
from duheng.plan.paper import Paper
from duheng.plan.passage import Passage, Side
from duheng.plan.place import Place
from duheng.plan.plan import Mention, PlannedProject, ReviewItem, Stage
from duheng.plan.stage import Progress, furthest, progress
from duheng.read import BlockKind

_CLAUSE = "，；。：！,;"


@dataclass(slots=True)
class _Thing:
    """One real thing while its names are gathered."""

    namings: list[Named]
    seen: list[tuple[Mention, Progress, Side]] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        """Its names, those of boxes first, then as they occur."""
        ordered = sorted(self.namings, key=lambda each: (not each.boxed, each.mention.document, each.mention.offset))
        return tuple(dict.fromkeys(each.name for each in ordered))


def projects(papers: Sequence[Paper], *, place: Place) -> tuple[list[PlannedProject], list[ReviewItem]]:
    """The projects in the order they are first named, and the pairs and stages that a person must decide on."""
    namings = [each for paper in papers for each in named(paper)]
    kin = Kin([each.name for each in namings], place=place)
    things, doubtful = _merged(namings, kin)
    _gather_mentions(things, papers)
    things.sort(key=lambda thing: (thing.seen[0][0].document, thing.seen[0][0].offset))
    codes = {name: f"P{i:03d}" for i, thing in enumerate(things, start=1) for name in thing.names}
    found = [_project(thing, code=f"P{i:03d}") for i, thing in enumerate(things, start=1)]
    review = [*_pairs_to_decide(doubtful, namings, codes), *_stages_to_decide(found, things)]
    return found, review


def _merged(namings: Sequence[Named], kin: Kin) -> tuple[list[_Thing], list[tuple[str, str, Kinship]]]:
    """Namings of one thing together; what is likely one thing is only noted. Unsure names stay only beside sure ones."""
    head: dict[str, str] = {each.name: each.name for each in namings}
    doubtful: list[tuple[str, str, Kinship]] = []
    for left, right in kin.candidates():
        kinship = kin.compare(left, right)
        if kinship.likeness is Likeness.SAME:
            head[_root(head, right)] = _root(head, left)
        elif kinship.likeness is Likeness.LIKELY_SAME:
            doubtful.append((left, right, kinship))
    groups: dict[str, list[Named]] = defaultdict(list)
    for each in namings:
        groups[_root(head, each.name)].append(each)
    kept = {root: group for root, group in groups.items() if any(each.sure for each in group)}
    # A name that only may be a project is worth a question where it may be one that surely is.
    doubtful = [each for each in doubtful if any(_root(head, name) in kept for name in each[:2])]
    return [_Thing(group) for group in kept.values()], doubtful


def _root(head: dict[str, str], name: str) -> str:
    while head[name] != name:
        head[name] = head[head[name]]
        name = head[name]
    return name


def _gather_mentions(things: list[_Thing], papers: Sequence[Paper]) -> None:
    """Every sentence that names a thing: where it was listed, and wherever else the text writes one of its names."""
    for thing in things:
        for each in thing.namings:
            side = papers[each.mention.document].side_at(each.mention.offset)
            thing.seen.append((each.mention, each.progress, side))
    owners = _owners(things)
    for paper in papers:
        taken = sorted((m.offset, m.end) for thing in things for m, _, _ in thing.seen if m.document == paper.index)
        starts, longest = [start for start, _ in taken], max((end - start for start, end in taken), default=0)
        for passage in paper.passages:
            if passage.kind in (BlockKind.PARAGRAPH, BlockKind.FOOTNOTE) and passage.side is not Side.UNKNOWN:
                occurrences = list(_occurrences(passage, owners))
                first, last = passage.offset, passage.end
                near = slice(bisect_left(starts, first - longest), bisect_left(starts, last))
                inside = [span for span in taken[near] if span[1] > first] if occurrences else []
                for thing, start, end in occurrences:
                    if not any(start < span[1] and end > span[0] for span in inside):
                        mention = paper.mention(start, end)
                        thing.seen.append((mention, _progress_around(passage, start, end), passage.side))
    for thing in things:
        thing.seen.sort(key=lambda seen: (seen[0].document, seen[0].offset))


def _owners(things: Sequence[_Thing]) -> dict[str, list[tuple[str, _Thing]]]:
    """The ways each thing is written, by their first two characters, longest first; ways two things share are left out."""
    ways: dict[str, _Thing | None] = {}
    for thing in things:
        for form in {form for name in thing.names for form in short_forms(name)}:
            ways[form] = None if form in ways and ways[form] is not thing else thing
    found: dict[str, list[tuple[str, _Thing]]] = defaultdict(list)
    for form in sorted(ways, key=lambda form: (-len(form), form)):
        if (owner := ways[form]) is not None:
            found[form[:2]].append((form, owner))
    return found


def _occurrences(passage: Passage, owners: dict[str, list[tuple[str, _Thing]]]) -> Iterator[tuple[_Thing, int, int]]:
    text, at = passage.text, 0
    while at < len(text) - 1:
        for form, thing in owners.get(text[at : at + 2], ()):
            if text.startswith(form, at):
                yield thing, passage.offset + at, passage.offset + at + len(form)
                at += len(form) - 1
                break
        at += 1


def _progress_around(passage: Passage, start: int, end: int) -> Progress:
    """What the clause around a name tells of it."""
    first, last = start - passage.offset, end - passage.offset
    while first > 0 and passage.text[first - 1] not in _CLAUSE:
        first -= 1
    while last < len(passage.text) and passage.text[last] not in _CLAUSE:
        last += 1
    clause = passage.text[first : start - passage.offset] + "□" + passage.text[end - passage.offset : last]
    return progress(clause, side=passage.side)


def _project(thing: _Thing, *, code: str) -> PlannedProject:
    aims = [told.aim for _, told, _ in thing.seen if told.aim]
    first = min(thing.namings, key=lambda each: (not each.boxed, each.mention.document, each.mention.offset))
    name, *aliases = thing.names
    return PlannedProject(
        code=code,
        name=name,
        aliases=tuple(aliases),
        stage=furthest([told.stage for _, told, _ in thing.seen]),
        aim=furthest(aims) if aims else None,
        group=first.group,
        mentions=tuple(dict.fromkeys(mention for mention, _, _ in thing.seen)),
    )


def _pairs_to_decide(
    doubtful: Sequence[tuple[str, str, Kinship]], namings: Sequence[Named], codes: dict[str, str]
) -> Iterator[ReviewItem]:
    """Each pair that is likely one project, once; a name that is no project of its own refers to the other alone."""
    done: set[frozenset[str]] = set()
    for left, right, kinship in doubtful:
        pair = frozenset((codes.get(left, left), codes.get(right, right)))
        if len(pair) == 2 and pair not in done:
            done.add(pair)
            asked = right if right not in codes or left in codes else left
            mention = next(each.mention for each in namings if each.name == asked)
            yield ReviewItem(
                kind="same_project",
                item=f"{left} / {right}",
                reason=(
                    f"可能是同一个项目：{kinship.reason[0]}。请确认是否合并。",
                    f"These may be one project: {kinship.reason[1]}. Merge them?",
                ),
                mention=mention,
                refers_to=tuple(codes[name] for name in (left, right) if name in codes),
            )


def _stages_to_decide(found: Sequence[PlannedProject], things: Sequence[_Thing]) -> Iterator[ReviewItem]:
    """Projects told as completed last year that the plan still means to start or complete."""
    for project, thing in zip(found, things, strict=True):
        done = [told.stage for _, told, side in thing.seen if side is Side.PAST and told.stage is Stage.COMPLETED]
        wanted = [mention for mention, told, side in thing.seen if side is Side.PLAN and told.aim]
        if done and wanted:
            yield ReviewItem(
                kind="stage",
                item=project.name,
                reason=(
                    "报告称该项目上年已经建成，今年又列为要开工或建成，请核实。",
                    "The report says it was completed last year, and plans to start or complete it this year; please check.",
                ),
                mention=wanted[0],
                refers_to=(project.code,),
            )
