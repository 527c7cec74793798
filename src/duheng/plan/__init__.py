"""What was promised: a report's indicators with typed targets, its projects and tasks, each with the sentence it came from."""

from duheng.plan.division import Duty
from duheng.plan.evidence import Evidence, Told, evidence
from duheng.plan.form import from_dict, to_dict
from duheng.plan.from_report import from_reports
from duheng.plan.history import Bounded, Cited, History, HistoryYear, history, judge
from duheng.plan.history_form import history_to_dict
from duheng.plan.listing import target_text, to_text
from duheng.plan.meant import Candidate, PlanItem, PlanItems
from duheng.plan.naming import Naming, Proposal
from duheng.plan.office import Office, Offices
from duheng.plan.paper import head_of
from duheng.plan.place import Place
from duheng.plan.plan import (
    Commitment,
    Earlier,
    Mention,
    Nature,
    Plan,
    PlannedIndicator,
    PlannedProject,
    PlannedTask,
    Result,
    ReviewItem,
    Stage,
    StatedResult,
    Statement,
)
from duheng.plan.scale import in_unit
from duheng.plan.sorting import by_plan
from duheng.plan.target import (
    Around,
    Assigned,
    AtLeast,
    AtMost,
    Checkpoint,
    Exactly,
    FloorWithStretch,
    InStepWith,
    Part,
    Positive,
    Range,
    Reference,
    Target,
)
from duheng.plan.target_form import target_from_dict, target_to_dict
from duheng.plan.verdict import Figure, Outcome, Polarity, Reading, Rule, Verdict
from duheng.plan.wording import LAST_YEAR, bare, parse_target

__all__ = [
    "LAST_YEAR",
    "Around",
    "Assigned",
    "AtLeast",
    "AtMost",
    "Bounded",
    "Candidate",
    "Checkpoint",
    "Cited",
    "Commitment",
    "Duty",
    "Earlier",
    "Evidence",
    "Exactly",
    "Figure",
    "FloorWithStretch",
    "History",
    "HistoryYear",
    "InStepWith",
    "Mention",
    "Naming",
    "Nature",
    "Office",
    "Offices",
    "Outcome",
    "Part",
    "Place",
    "Plan",
    "PlanItem",
    "PlanItems",
    "PlannedIndicator",
    "PlannedProject",
    "PlannedTask",
    "Polarity",
    "Positive",
    "Proposal",
    "Range",
    "Reading",
    "Reference",
    "Result",
    "ReviewItem",
    "Rule",
    "Stage",
    "StatedResult",
    "Statement",
    "Target",
    "Told",
    "Verdict",
    "bare",
    "by_plan",
    "evidence",
    "from_dict",
    "from_reports",
    "head_of",
    "history",
    "history_to_dict",
    "in_unit",
    "judge",
    "parse_target",
    "target_from_dict",
    "target_text",
    "target_to_dict",
    "to_dict",
    "to_text",
]
