"""Who may do what: three roles, and a rule for each thing that can be done, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from duheng.errors import NotAllowed


class Role(StrEnum):
    """What a person is to the workspace; each role may do what the ones before it may."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"

    @property
    def words(self) -> tuple[str, str]:
        """How people call it, in (zh, en)."""
        return {"viewer": "查看", "editor": "编辑", "administrator": "管理员"}[self.value], self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who acts: the name that history shows, and the role that permits it."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The least role an action needs, and the action in both languages, for the refusal."""

    least: Role
    en: str
    zh: str


RULES: Mapping[str, Rule] = {
    "import": Rule(least=Role.EDITOR, en="import a report", zh="导入报告"),
    "plan.edit": Rule(least=Role.EDITOR, en="change the plan", zh="修改计划"),
    "owners.edit": Rule(least=Role.EDITOR, en="say which office leads", zh="确定牵头单位"),
    "review.decide": Rule(least=Role.EDITOR, en="decide review items", zh="处理复核事项"),
    "audit.run": Rule(least=Role.EDITOR, en="audit a document again", zh="重新审核文件"),
    "audit.accept": Rule(least=Role.EDITOR, en="accept findings of the audit", zh="接受审核发现"),
    "figures.load": Rule(least=Role.EDITOR, en="take figures in", zh="录入数据"),
    "figures.undo": Rule(least=Role.EDITOR, en="undo a load of figures", zh="撤销数据载入"),
    "figures.internal": Rule(least=Role.EDITOR, en="see internal figures", zh="查看内部数据"),
    "projects.load": Rule(least=Role.EDITOR, en="take a list of projects in", zh="载入项目清单"),
    "projects.edit": Rule(least=Role.EDITOR, en="change a project of the pool", zh="修改项目库"),
    "watch.refresh": Rule(least=Role.EDITOR, en="work the outlook out again", zh="重新研判"),
    "watch.chance": Rule(least=Role.EDITOR, en="see chances as numbers", zh="查看概率数值"),
    "funds.edit": Rule(
        least=Role.EDITOR, en="change pools of money and what funds ask of projects", zh="修改资金池和项目资金信息"
    ),
    "funds.apply": Rule(least=Role.EDITOR, en="record applications for money and their steps", zh="登记资金申报及进展"),
    "funds.allocate": Rule(least=Role.EDITOR, en="work out who is paid", zh="测算资金安排"),
    "appraise.load": Rule(least=Role.EDITOR, en="take appraisal sheets in", zh="载入评价数据"),
    "appraise.appeal": Rule(least=Role.EDITOR, en="file, answer and settle appeals", zh="登记和办理申诉"),
    "plan.withdraw": Rule(least=Role.ADMINISTRATOR, en="withdraw an imported plan", zh="撤回已导入的计划"),
    "people.edit": Rule(least=Role.ADMINISTRATOR, en="manage people", zh="管理人员"),
}
_ORDER = tuple(Role)
_ZH = {Role.VIEWER: "查看", Role.EDITOR: "编辑", Role.ADMINISTRATOR: "管理员"}


def may(role: Role | str | None, action: str) -> bool:
    """Whether `role` permits `action`; nobody without a role may do anything."""
    return role is not None and _ORDER.index(Role(role)) >= _ORDER.index(RULES[action].least)


def require(by: By, action: str) -> None:
    """Raise NotAllowed unless `by` may do `action`."""
    if not may(by.role, action):
        rule = RULES[action]
        raise NotAllowed(role=by.role, role_zh=_ZH[by.role], action=rule.en, action_zh=rule.zh)
