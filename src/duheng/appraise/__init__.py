"""How well it was done: composite scores with how sure their ranks are, and land productivity by rule sets that are data."""

from duheng.appraise.board import Board, Grade, Placed, board, check_rule, grade_history, graded, per_head
from duheng.appraise.board_items import GradedItem, ItemsPeriod, items_by_period, read_items
from duheng.appraise.completion import (
    Completion,
    Held,
    Judged,
    Outturn,
    OutturnOrigin,
    Promised,
    Tally,
    completion,
    tally,
)
from duheng.appraise.completion_midterm import LongKind, LongTarget, Midterm, MidtermClass, midterm
from duheng.appraise.completion_sheet import read_long_targets
from duheng.appraise.completion_sources import Sources, from_figures, from_plans, key_of, keyed, together
from duheng.appraise.completion_work import ProjectsDone, PromiseJudged, TaskJudged, projects_done, promise_target, tasks_judged
from duheng.appraise.sheet_rows import RowProblem
from duheng.appraise.spec import (
    Aggregate,
    Aggregation,
    Availability,
    Component,
    CompositeSpec,
    Imputation,
    Normalisation,
    Treatment,
    Variation,
)

__all__ = [
    "Aggregate",
    "Aggregation",
    "Availability",
    "Board",
    "Completion",
    "Component",
    "CompositeSpec",
    "Grade",
    "GradedItem",
    "Held",
    "Imputation",
    "ItemsPeriod",
    "Judged",
    "LongKind",
    "LongTarget",
    "Midterm",
    "MidtermClass",
    "Normalisation",
    "Outturn",
    "OutturnOrigin",
    "Placed",
    "ProjectsDone",
    "PromiseJudged",
    "Promised",
    "RowProblem",
    "Sources",
    "Tally",
    "TaskJudged",
    "Treatment",
    "Variation",
    "board",
    "check_rule",
    "completion",
    "from_figures",
    "from_plans",
    "grade_history",
    "graded",
    "items_by_period",
    "key_of",
    "keyed",
    "midterm",
    "per_head",
    "projects_done",
    "promise_target",
    "read_items",
    "read_long_targets",
    "tally",
    "tasks_judged",
    "together",
]
