"""How far a project has come, or is to come this year, by the words around its name."""

from __future__ import annotations

from dataclasses import dataclass

from duheng import pattern as re
from duheng.plan.passage import Side
from duheng.plan.plan import Stage

_RESERVE = re.compile(r"前期|可研|谋划|储备|策划|立项|论证|征地|拆迁|纳入.{0,12}(?:库|规划|盘子)|签约|落地|落户|选址|招标")
_NEARLY = re.compile(r"主体(?:结构)?(?:完工|封顶|竣工|建成)|封顶|基本(?:完工|建成)|试运[行营]")
_COMPLETED = re.compile(
    r"竣工|完工|建成|投用|投产|通车|开园|开业|投入使用|投入运营|交付|启用|开馆|开诊|开放|贯通|完成.{0,20}(?:建设|改造|修缮)"
)
_STARTED = re.compile(r"开工|启动|动工|新开")
_BUILDING = re.compile(r"加快|在建|续建|提速|推进|推动|实施|建设|改造|抓好|加紧")

_GOES_ON = re.compile(r"续建|在建")
_HASTENED = re.compile(r"加快|提速|加紧|主体|封顶|开工建设")

_ORDER = (Stage.UNKNOWN, Stage.RESERVE, Stage.STARTED, Stage.UNDER_CONSTRUCTION, Stage.COMPLETED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a clause tells of a project: the stage it is in, the stage it is to reach this year."""

    stage: Stage = Stage.UNKNOWN
    aim: Stage | None = None


def progress(words: str, *, side: Side) -> Progress:
    """The progress that `words` tell, in a part of the report that speaks of last year or of the plan.

    In the plan 开工, 加快建设 and 建成 are what is wanted this year, and a bare 推进 promises no stage; only 前期 and 续建 tell
    where the project stands.

    >>> progress("建成投用中学", side=Side.PLAN)
    Progress(stage=<Stage.UNKNOWN: 'unknown'>, aim=<Stage.COMPLETED: 'completed'>)
    """
    told = _told(words)
    if side is not Side.PLAN or told in (Stage.UNKNOWN, Stage.RESERVE) or _GOES_ON.search(words):
        return Progress(stage=told)
    if told is Stage.UNDER_CONSTRUCTION and not _HASTENED.search(words):
        return Progress()
    return Progress(aim=told)


def furthest(stages: list[Stage]) -> Stage:
    """The furthest of the stages told."""
    return max(stages, key=_ORDER.index, default=Stage.UNKNOWN)


def _told(words: str) -> Stage:
    if re.search(r"前期|谋划|储备", words):
        return Stage.RESERVE
    if _NEARLY.search(words):
        return Stage.UNDER_CONSTRUCTION
    if _COMPLETED.search(words):
        return Stage.COMPLETED
    if _STARTED.search(words):
        return Stage.STARTED
    if _RESERVE.search(words):
        return Stage.RESERVE
    return Stage.UNDER_CONSTRUCTION if _BUILDING.search(words) else Stage.UNKNOWN
