"""What short words in the cells of a list mean: kinds of approval, new or continued, stages, yes and no."""

from __future__ import annotations

from duheng import pattern as re
from duheng.plan.plan import Stage
from duheng.plan.pool import Approval, Onset

_APPROVALS = (
    (re.compile(r"审批|^examined$"), Approval.EXAMINED),
    (re.compile(r"核准|^authori[sz]ed$"), Approval.AUTHORISED),
    (re.compile(r"备案|^filed$"), Approval.FILED),
)
_ONSETS = (
    (re.compile(r"续建|结转|在建|跨年|^continued$"), Onset.CONTINUED),
    (re.compile(r"前期|预备|储备|谋划|^preliminary$"), Onset.PRELIMINARY),
    (re.compile(r"新开|新建|拟开工|计划开工|新增|^new$"), Onset.NEW),
    (re.compile(r"竣工|完工|建成|投产|收尾"), Onset.CONTINUED),
)
_STAGES = (
    (re.compile(r"前期|储备|谋划|预备|拟建|未开工|待开工|签约|^reserve$"), Stage.RESERVE),
    (re.compile(r"竣工|完工|建成|投产|投用|已完成|^completed$"), Stage.COMPLETED),
    (re.compile(r"在建|续建|建设中|施工|^under[_ ]construction$"), Stage.UNDER_CONSTRUCTION),
    (re.compile(r"开工|启动|^started$"), Stage.STARTED),
)
_YES = re.compile(r"是|已|√|✓|yes|y|true|1|纳统|入统|入库", re.IGNORECASE)
_NO = re.compile(r"否|未|不|×|✗|no|n|false|0|无", re.IGNORECASE)


# A group or a sheet that holds all projects of a stage, or all that are new or continued: 续建项目, 在建一批, 储备库.
_HEADED = re.compile(
    r"(?:^|[ /、的])[一-鿿]{0,6}?(新开工|计划开工|拟开工|续建|结转|前期|储备|谋划|开工|在建|完工|竣工|投产)(?:一批|项目|类|库|清单|$)"
)


def headed(text: str) -> str:
    """The word by which the head of a group, or a sheet's name, says what all below it are; "" where it says none.

    >>> headed("续建项目"), headed("产业类 / 计划新开工项目"), headed("在建一批"), headed("竣工路改造")
    ('续建', '新开工', '在建', '')
    """
    found = _HEADED.search(text)
    return found[1] if found else ""


def approval(text: str) -> Approval | None:
    """The kind of approval that words name: 审批, 核准, 备案."""
    found = [kind for form, kind in _APPROVALS if form.search(text)]
    return found[0] if len(found) == 1 else None


def onset(text: str) -> Onset | None:
    """Whether words say new or continued or only prepared."""
    return next((kind for form, kind in _ONSETS if form.search(text)), None)


def stage(text: str) -> Stage | None:
    """The stage that words name."""
    return next((kind for form, kind in _STAGES if form.search(text)), None)


def flag(text: str) -> bool | None:
    """Yes or no, None where it is neither.

    >>> flag("已纳统"), flag("未入库"), flag("否"), flag("待定")
    (True, False, False, None)
    """
    plain = text.strip()
    if _NO.match(plain):
        return False
    return True if _YES.match(plain) else None
