"""An indicator as the tables of a report and its annexes print it: rows that name one indicator are one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from duheng.plan.naming import Name, Naming
from duheng.plan.paper import Paper
from duheng.plan.plan import Earlier, Mention
from duheng.plan.said import Said
from duheng.plan.scale import compatible
from duheng.plan.shares import cumulated
from duheng.plan.target import Checkpoint, Part, Target
from duheng.plan.verdict import Polarity
from duheng.plan.wording import parse_target
from duheng.read import IndicatorRow, PlanCell, is_annex, plan_rows
from duheng.read.heading import PLAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One indicator of the plan's tables; `rows` in the order in which they hold: the report's own, then the annexes'."""

    code: str | None
    polarity: Polarity
    year: int
    rows: list[tuple[IndicatorRow, Paper]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """As the first row prints it."""
        return self.rows[0][0].name

    @property
    def unit(self) -> str:
        """Of the first row that gives one."""
        return next((row.unit for row, _ in self.rows if row.unit), "")

    @property
    def nature(self) -> str:
        """Of the first row that tells it."""
        return next((row.nature for row, _ in self.rows if row.nature), "")

    @property
    def owner(self) -> str:
        """The office that the first row with one names."""
        return next((row.owner for row, _ in self.rows if row.owner), "")

    def targets(self) -> Iterator[tuple[Target | None, Mention, str]]:
        """Each cell that gives the year's target of the whole: as a target (None if its words are not known), where, and its text."""
        for row, paper in self.rows:
            whole = [cell for cell in row.aims(self.year) if not (cell.said.period or cell.said.part)]
            for block in dict.fromkeys([row.target, *(cell.block for cell in whole)] if row.target else []):
                if block is not None:
                    mention = paper.mention(block.offset, block.end, sentence=row.printed)
                    yield self._target(block.text, row), mention, block.text

    def said(self, known: Target) -> list[Said]:
        """What further cells give for the target that the first one gave."""
        others = [(target, mention) for target, mention, _ in self.targets() if target is not None]
        return [Said(target=target, mention=mention) for target, mention in others[1:] if target != known]

    def place(self) -> Mention:
        """Where the line is first printed."""
        row, paper = self.rows[0]
        return paper.mention(row.offset, row.end, sentence=row.printed)

    def mentions(self) -> tuple[Mention, ...]:
        """The cells that aim at the year, one for each table."""
        found = []
        for row, paper in self.rows[1:]:
            cell = row.target or next((each.block for each in row.aims(self.year)), None)
            if cell is not None:
                found.append(paper.mention(cell.offset, cell.end, sentence=row.printed))
        return tuple(found)

    def parts_place(self) -> Mention:
        """Where the parts are printed, else the line itself."""
        for row, paper in self.rows:
            if cell := next((each for each in row.aims(self.year) if each.said.part), None):
                return paper.mention(cell.block.offset, cell.block.end, sentence=row.printed)
        return self.place()

    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """The targets by quarter, cumulative."""
        found: dict[str, Target] = {}
        for row, cell in self._cells():
            if cell.said.period and not cell.said.part and (target := self._target(cell.block.text, row)):
                found.setdefault(f"{self.year}-{cell.said.period}", target)
        whole = next((target for target, _, _ in self.targets() if target is not None), None)
        return cumulated(found, whole)

    def parts(self) -> tuple[Part, ...]:
        """The targets by town, street or office."""
        found: dict[str, Target] = {}
        for row, cell in self._cells():
            if cell.said.part and not cell.said.period and (target := self._target(cell.block.text, row)):
                found.setdefault(cell.said.part, target)
        return tuple(Part(name=name, target=target) for name, target in found.items())

    def earlier(self) -> tuple[Earlier, ...]:
        """The targets of earlier years that the tables print beside the year's own."""
        found: dict[int, Earlier] = {}
        for row, paper in self.rows:
            for cell in row.cells:
                year, whole = cell.said.year, not (cell.said.part or cell.said.period)
                target = self._target(cell.block.text, row) if cell.said.role == PLAN and whole and 0 < year < self.year else None
                if target is not None:
                    mention = paper.mention(cell.block.offset, cell.block.end, sentence=row.printed)
                    found.setdefault(year, Earlier(year=year, target=target, mention=mention))
        return tuple(found[year] for year in sorted(found))

    def _cells(self) -> Iterator[tuple[IndicatorRow, PlanCell]]:
        for row, _ in self.rows:
            yield from ((row, cell) for cell in row.aims(self.year))

    def _target(self, text: str, row: IndicatorRow) -> Target | None:
        return parse_target(text, unit=row.unit or self.unit, polarity=self.polarity)


def lines(papers: Sequence[Paper], *, naming: Naming, year: int) -> list[Line]:
    """The lines of all tables of targets: those of the reports first, and an annex's rows under the line they name."""
    found: list[Line] = []
    for paper in sorted(papers, key=lambda paper: is_annex(paper.document)):
        # Of the earlier papers' lines each may be named once by this one: two rows of one table are two indicators.
        before: dict[str | Name, list[Line]] = defaultdict(list)
        for line in found:
            before[naming.name(line.name)].append(line)
            if line.code is not None:
                before[line.code].append(line)
        taken: set[int] = set()
        for row in plan_rows(paper.document, year=year):
            code = naming.bind(row.name, unit=row.unit)
            named = [*(before[code] if code is not None else ()), *before[naming.name(row.name)]]
            known = next((each for each in named if id(each) not in taken and _names(each, row, code=code)), None)
            if known is None:
                known = Line(code=code, polarity=naming.polarity(code, name=row.name), year=year)
                found.append(known)
            else:
                taken.add(id(known))
            known.rows.append((row, paper))
    return found


def _names(line: Line, row: IndicatorRow, *, code: str | None) -> bool:
    """Whether a row speaks of the indicator of a line that goes by its name or code: with no other code, in a unit that fits."""
    if line.code is not None and code is not None:
        return line.code == code
    return compatible(line.unit, row.unit)
