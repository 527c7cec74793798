"""How well it was done: composite scores with how sure their ranks are, and land productivity by rule sets that are data."""

from duheng.appraise.board import Board, Grade, Placed, board, check_rule, grade_history, graded, per_head
from duheng.appraise.board_items import GradedItem, ItemsPeriod, item_from_dict, item_to_dict, items_by_period, read_items
from duheng.appraise.choices import Choices
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
from duheng.appraise.completion_midterm import (
    LongKind,
    LongTarget,
    Midterm,
    MidtermClass,
    long_target_from_dict,
    long_target_to_dict,
    midterm,
)
from duheng.appraise.completion_sheet import read_long_targets
from duheng.appraise.completion_sources import Sources, from_figures, from_plans, key_of, keyed, together
from duheng.appraise.completion_work import ProjectsDone, PromiseJudged, TaskJudged, projects_done, promise_target, tasks_judged
from duheng.appraise.composite import STAGES, Composite, composite
from duheng.appraise.data_table import DataTable
from duheng.appraise.diagnosis import ComponentDiagnosis, Diagnosis, diagnosis
from duheng.appraise.enterprise import HEADS, Enterprises
from duheng.appraise.land import LandScores, land
from duheng.appraise.land_method import formula, land_method
from duheng.appraise.land_printed import land_pages, land_plain, land_rows, moved_rows, rules_plain
from duheng.appraise.land_rules import SIZES, LandRules, LandTerm, known_rules, land_rules
from duheng.appraise.land_summary import IndustryGrades, industries, supposed, turned
from duheng.appraise.method import MethodPart, method
from duheng.appraise.printed import composite_plain, composite_rows, stage_rows
from duheng.appraise.profile import ProfileLine, UnitProfile, profile
from duheng.appraise.rank import ranks
from duheng.appraise.score_sheet import ENGLISH as COLUMN_ENGLISH
from duheng.appraise.score_sheet import Lift, ScoreSheet, SheetLine, score_sheet
from duheng.appraise.sheet_rows import RowProblem, decimal_of
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
from duheng.appraise.spec_file import CompositeFile
from duheng.appraise.steadiness import Moved, Steadiness, moved, steadiness
from duheng.appraise.treat import Treated
from duheng.appraise.uncertainty import Uncertainty, uncertainty
from duheng.appraise.unit_table import Source, UnitTable

__all__ = [
    "COLUMN_ENGLISH",
    "HEADS",
    "SIZES",
    "STAGES",
    "Aggregate",
    "Aggregation",
    "Availability",
    "Board",
    "Choices",
    "Completion",
    "Component",
    "ComponentDiagnosis",
    "Composite",
    "CompositeFile",
    "CompositeSpec",
    "DataTable",
    "Diagnosis",
    "Enterprises",
    "Grade",
    "GradedItem",
    "Held",
    "Imputation",
    "IndustryGrades",
    "ItemsPeriod",
    "Judged",
    "LandRules",
    "LandScores",
    "LandTerm",
    "Lift",
    "LongKind",
    "LongTarget",
    "MethodPart",
    "Midterm",
    "MidtermClass",
    "Moved",
    "Normalisation",
    "Outturn",
    "OutturnOrigin",
    "Placed",
    "ProfileLine",
    "ProjectsDone",
    "PromiseJudged",
    "Promised",
    "RowProblem",
    "ScoreSheet",
    "SheetLine",
    "Source",
    "Sources",
    "Steadiness",
    "Tally",
    "TaskJudged",
    "Treated",
    "Treatment",
    "Uncertainty",
    "UnitProfile",
    "UnitTable",
    "Variation",
    "board",
    "check_rule",
    "completion",
    "composite",
    "composite_plain",
    "composite_rows",
    "decimal_of",
    "diagnosis",
    "formula",
    "from_figures",
    "from_plans",
    "grade_history",
    "graded",
    "industries",
    "item_from_dict",
    "item_to_dict",
    "items_by_period",
    "key_of",
    "keyed",
    "known_rules",
    "land",
    "land_method",
    "land_pages",
    "land_plain",
    "land_rows",
    "land_rules",
    "long_target_from_dict",
    "long_target_to_dict",
    "method",
    "midterm",
    "moved",
    "moved_rows",
    "per_head",
    "profile",
    "projects_done",
    "promise_target",
    "ranks",
    "read_items",
    "read_long_targets",
    "rules_plain",
    "score_sheet",
    "stage_rows",
    "steadiness",
    "supposed",
    "tally",
    "tasks_judged",
    "together",
    "turned",
    "uncertainty",
]
