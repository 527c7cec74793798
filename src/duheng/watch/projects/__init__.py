"""How projects of the pool are going: progress, money, what is late, the chance that a year is completed, and lights."""

from duheng.watch.projects.batches import Conversion, Stay, conversions, stay, survival_median
from duheng.watch.projects.criteria import MAIN, BondMoney, Last, ProjectLight, View, project_light
from duheng.watch.projects.ending import Ending, endings
from duheng.watch.projects.lateness import (
    MilestoneState,
    MissedStart,
    Stalled,
    library_late,
    milestones,
    missed_start,
    planned_start,
    stalled,
    started_on,
)
from duheng.watch.projects.money import MONTHS, Apart, Difference, differences, money_en, money_zh
from duheng.watch.projects.past import Lived, Past, lived
from duheng.watch.projects.progress import Amount, Progress, TimeBy, month_end, progress, reports, time_share
from duheng.watch.projects.standing import ProjectRules, ProjectStanding, standings
from duheng.watch.projects.summary import GroupTotal, Stated, Summary, groups, summary, whole

__all__ = [
    "MAIN",
    "MONTHS",
    "Amount",
    "Apart",
    "BondMoney",
    "Conversion",
    "Difference",
    "Ending",
    "GroupTotal",
    "Last",
    "Lived",
    "MilestoneState",
    "MissedStart",
    "Past",
    "Progress",
    "ProjectLight",
    "ProjectRules",
    "ProjectStanding",
    "Stalled",
    "Stated",
    "Stay",
    "Summary",
    "TimeBy",
    "View",
    "conversions",
    "differences",
    "endings",
    "groups",
    "library_late",
    "lived",
    "milestones",
    "missed_start",
    "money_en",
    "money_zh",
    "month_end",
    "planned_start",
    "progress",
    "project_light",
    "reports",
    "stalled",
    "standings",
    "started_on",
    "stay",
    "summary",
    "survival_median",
    "time_share",
    "whole",
]
