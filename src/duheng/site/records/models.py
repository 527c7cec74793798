"""Where Django looks for models: every noun, by name."""

from duheng.site.records.appraisal import APPEAL_STATES, APPRAISALS, Appeal, Appraisal, Firm
from duheng.site.records.area import Area
from duheng.site.records.claim import Claim
from duheng.site.records.decision import Decision
from duheng.site.records.document import Document
from duheng.site.records.event import Event
from duheng.site.records.figure import Figure
from duheng.site.records.finding import Finding
from duheng.site.records.fund import FundAmount, FundApplication, FundFacts, FundPool, FundStep, Scenario
from duheng.site.records.import_job import ImportJob
from duheng.site.records.indicator import Indicator, TargetVersion
from duheng.site.records.light import Light, LightChange
from duheng.site.records.load import Load, LoadDoubt, SheetShape
from duheng.site.records.mention import Mention
from duheng.site.records.office import Office
from duheng.site.records.ownership import Charge, Ownership, OwnersLoad
from duheng.site.records.person import Person
from duheng.site.records.plan import Plan, PlanDocument
from duheng.site.records.pool import (
    PoolBank,
    PoolDelay,
    PoolGate,
    PoolMilestone,
    PoolMonth,
    PoolPair,
    PoolPaper,
    PoolProblem,
    PoolProject,
    PoolStage,
    PoolTold,
    PoolYear,
)
from duheng.site.records.pool_standing import PoolLight, PoolLightChange, PoolStanding, PoolTurn
from duheng.site.records.project import Project
from duheng.site.records.remembered import Remembered
from duheng.site.records.review_item import ReviewItem
from duheng.site.records.search_entry import SearchEntry
from duheng.site.records.series import Series
from duheng.site.records.standing import AUDIENCES, Standing, StandingPoint
from duheng.site.records.statement import Statement
from duheng.site.records.task import Commitment, Task

__all__ = [
    "APPEAL_STATES",
    "APPRAISALS",
    "AUDIENCES",
    "Appeal",
    "Appraisal",
    "Area",
    "Charge",
    "Claim",
    "Commitment",
    "Decision",
    "Document",
    "Event",
    "Figure",
    "Finding",
    "Firm",
    "FundAmount",
    "FundApplication",
    "FundFacts",
    "FundPool",
    "FundStep",
    "ImportJob",
    "Indicator",
    "Light",
    "LightChange",
    "Load",
    "LoadDoubt",
    "Mention",
    "Office",
    "OwnersLoad",
    "Ownership",
    "Person",
    "Plan",
    "PlanDocument",
    "PoolBank",
    "PoolDelay",
    "PoolGate",
    "PoolLight",
    "PoolLightChange",
    "PoolMilestone",
    "PoolMonth",
    "PoolPair",
    "PoolPaper",
    "PoolProblem",
    "PoolProject",
    "PoolStage",
    "PoolStanding",
    "PoolTold",
    "PoolTurn",
    "PoolYear",
    "Project",
    "Remembered",
    "ReviewItem",
    "Scenario",
    "SearchEntry",
    "Series",
    "SheetShape",
    "Standing",
    "StandingPoint",
    "Statement",
    "TargetVersion",
    "Task",
]
