"""Every error duheng raises on purpose, in one tree.

    DuhengError                 shown plainly, without a traceback: what is wrong, where, what to do
    ├── ReadError               a file cannot be read
    │   ├── FileUnreachable     it is not there, or may not be read
    │   ├── EmptyDocument       it holds no text
    │   │   └── NoBytes         it holds nothing at all
    │   ├── BrokenDocument      it is damaged, or not what its name says
    │   ├── ProtectedDocument   it is locked with a password
    │   ├── DocumentTooLarge    it is larger, or unpacks to more, than a report can be
    │   ├── SheetTooLarge       a sheet of it holds more than the tables of a plan
    │   ├── DocumentTooLong     it has more pages or text than a report can have
    │   ├── EncodingUnknown     its characters cannot be told
    │   ├── OfficeMissing       only LibreOffice opens it, and there is none
    │   └── FormatUnknown       no reader for this kind of file
    │       ├── PictureGiven    it is a picture of text
    │       └── ArchiveGiven    it is an archive with files in it
    ├── MeasureError            a number or unit that makes no sense
    │   ├── UnitUnknown         a unit nobody declared
    │   └── DimensionMismatch   metres compared with yuan
    ├── CatalogError            a catalog file says something impossible
    ├── PlanError               a plan that cannot be built
    │   └── YearUnknown         nothing says for which year it is
    ├── AuditError              an audit that cannot be run as asked
    ├── CollectError            figures that cannot be taken in
    ├── WatchError              series that cannot be forecast
    ├── AppraiseError           a score that cannot be worked out
    ├── AllocateError           an allocation that cannot be made
    │   ├── ProblemUnusable     its problem is not one: every fault, with its place
    │   ├── NoAnswerYet         the time ran out before any answer was found
    │   ├── AnswerUnsound       an answer that did not pass its check, and is not shown
    │   ├── StepRefused         a step that a fund application cannot take
    │   └── FundRefused         facts of a pool, or of a project's money, that cannot be
    ├── OutputUnusable          what was asked for cannot be written there
    ├── WorkspaceError          no workspace here, or one that cannot be used
    │   ├── DatabaseUnusable    its database cannot be reached, or is not fit for it
    │   └── BackupUnusable      a backup that cannot be made or restored
    ├── DecisionError           a decision that can no longer be made, or taken back
    │   ├── GatesMissing        a project would pass a gate that is not met, and nobody said that it may
    │   ├── AlreadyDecided      somebody else was quicker
    │   └── CannotUndo          something done since depends on it
    └── NotAllowed              the person's role does not permit it

Anything else that escapes is a bug of ours, and is logged loudly.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping


class DuhengError(Exception):
    """Something the user can mend: a code, the facts, and advice in both languages.

    `en` and `zh` are format strings over `facts`; each says what is wrong, where, and what to do next.
    """

    code = "duheng"
    en = "{reason}"
    zh = "{reason}"

    def __init__(self, **facts: object) -> None:
        self.facts: Mapping[str, object] = facts
        super().__init__(self.message("en"))

    def message(self, language: str = "zh") -> str:
        """The message in `language` ("zh" or "en")."""
        return (self.zh if language.startswith("zh") else self.en).format_map(_Facts(self.facts))


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


class ReadError(DuhengError):
    """A file cannot be read."""

    code = "read"


class FileUnreachable(ReadError):
    """The file is not there, or may not be read."""

    code = "read.unreachable"
    en = "{name} was not found, or may not be read. Check the path, and that it is a file you have access to."
    zh = "找不到 {name}，或无权读取。请检查路径及文件权限。"


class EmptyDocument(ReadError):
    """The file holds no text."""

    code = "read.empty"
    en = "{name} holds no text. Check that the right file was chosen; a scanned image must be recognised as text first."
    zh = "{name} 里没有文字。请确认选对了文件；扫描件需先做文字识别。"


class NoBytes(EmptyDocument):
    """The file holds nothing at all."""

    code = "read.nothing"
    en = "{name}: the file is empty (0 bytes); it may not have been copied completely. Copy it again from where it comes, and retry."
    zh = "{name}：文件是空的（0 字节），可能没有传完。请从原处重新复制后再试。"


class BrokenDocument(ReadError):
    """The file is damaged, or is not what its name says."""

    code = "read.broken"
    en = "{name} cannot be opened: {reason} Open it in Word, Excel or WPS, save it again (.docx, .xlsx), and retry."
    zh = "{name} 打不开：{reason_zh}请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx 再试。"


class ProtectedDocument(ReadError):
    """The file is locked with a password."""

    code = "read.protected"
    en = "{name} is protected by a password. Open it in the program it comes from, remove the password, save it, and retry."
    zh = "{name} 设有打开密码。请用原来的软件打开，取消密码后另存再试。"


class DocumentTooLarge(ReadError):
    """The file is larger, or unpacks to more, than a report can be."""

    code = "read.large"
    en = "{name} holds {size} MB; at most {limit} MB can be read. Remove pictures and attachments, save it again, and retry."
    zh = "{name} 的内容有 {size} MB，最多可读 {limit} MB。请删去图片、附件后另存再试。"


class SheetTooLarge(ReadError):
    """A workbook's sheets hold more than the tables of a plan do."""

    code = "read.sheet"
    en = "{name}: with the sheet “{sheet}”, more than {limit} cells hold something. Keep the plan's tables only, and retry."
    zh = "{name}：到工作表“{sheet}”为止，有内容的单元格已超过 {limit} 个。请只保留计划表格后再试。"


class DocumentTooLong(ReadError):
    """The file has more pages, more text or wider tables than a report can have."""

    code = "read.long"
    en = (
        "{name} has {size} {unit}; at most {limit} can be read. Save the part that is the report as a file of its own, and retry."
    )
    zh = "{name} 有 {size} {unit_zh}，最多可读 {limit} {unit_zh}。请把报告所在的部分另存为一个文件再试。"


class EncodingUnknown(ReadError):
    """The characters of a text file cannot be told."""

    code = "read.encoding"
    en = "{name}: byte {place} is not valid in UTF-8, GB18030 or UTF-16. Save the file as UTF-8 and retry."
    zh = "{name}：第 {place} 字节不是 UTF-8、GB18030 或 UTF-16 编码。请另存为 UTF-8 再试。"


class OfficeMissing(ReadError):
    """Only LibreOffice opens the file, and it is not installed."""

    code = "read.office"
    en = (
        "{name}: files of kind “{suffix}” are opened by LibreOffice, which is not installed here. Save the file as .docx in Word or "
        "WPS and retry, or have LibreOffice installed (Debian: apt-get install libreoffice-writer-nogui)."
    )
    zh = (
        "{name}：读取“{suffix}”类文件需要 LibreOffice，这台机器上没有安装。请在 Word 或 WPS 中另存为 .docx 再试，"
        "或请管理员安装 LibreOffice（Debian：apt-get install libreoffice-writer-nogui）。"
    )


class FormatUnknown(ReadError):
    """No reader for this kind of file."""

    code = "read.format"
    en = "{name}: files of kind “{suffix}” cannot be read. Save it as one of: {known}."
    zh = "{name}：不能读取“{suffix}”类文件。请另存为：{known}。"


class PictureGiven(FormatUnknown):
    """A picture, under whatever name."""

    code = "read.picture"
    en = "{name} is a picture; its text must be recognised first. Recognise it, save what comes out as .docx or .txt, and give that."
    zh = "{name} 是图片，需先做文字识别。请识别后把结果另存为 .docx 或 .txt 再试。"


class ArchiveGiven(FormatUnknown):
    """An archive with files in it, under whatever name."""

    code = "read.archive"
    en = "{name} is an archive; unpack it and give the report itself."
    zh = "{name} 是压缩包。请先解压，再选择里面的文件。"


class MeasureError(DuhengError):
    """A number or unit that makes no sense."""

    code = "measure"


class UnitUnknown(MeasureError):
    """A unit nobody declared."""

    code = "measure.unit"
    en = "“{unit}” is not a known unit. Add it to units.yml in the workspace's catalog folder."
    zh = "“{unit}”不是已知单位。可在工作区 catalog 目录的 units.yml 中添加。"


class DimensionMismatch(MeasureError):
    """Two quantities of different dimensions were compared or added."""

    code = "measure.dimension"
    en = "{left} and {right} measure different things and cannot be compared."
    zh = "{left} 与 {right} 量纲不同，不能比较。"


class CatalogError(DuhengError):
    """A catalog file says something impossible."""

    code = "catalog"
    en = "{file}: {reason} Correct the file and retry."
    zh = "{file}：{reason_zh}请改正后再试。"


class PlanError(DuhengError):
    """A plan that cannot be built."""

    code = "plan"


class YearUnknown(PlanError):
    """Nothing in the files says for which year the plan is."""

    code = "plan.year"
    en = (
        "{name} names no year, so it cannot be told which year's plan it is. Write the year into its title (“… 2026 …”), or import it "
        "together with the report it belongs to."
    )
    zh = "{name} 没有写明年份，无法确定是哪一年的计划。请在标题中写明年份（如“2026年……”），或与它所附的报告一起导入。"


class AuditError(DuhengError):
    """An audit that cannot be run as asked."""

    code = "audit"
    en = "{file}: {reason}"
    zh = "{file}：{reason_zh}"


class CollectError(DuhengError):
    """Figures that cannot be taken in."""

    code = "collect"
    en = "{reason}"
    zh = "{reason_zh}"


class WatchError(DuhengError):
    """Series that cannot be forecast."""

    code = "watch"
    en = "{reason}"
    zh = "{reason_zh}"


class AppraiseError(DuhengError):
    """A score that cannot be worked out from what was given."""

    code = "appraise"
    en = "{reason}"
    zh = "{reason_zh}"


class AllocateError(DuhengError):
    """An allocation of money that cannot be made."""

    code = "allocate"
    en = "{reason}"
    zh = "{reason_zh}"


class ProblemUnusable(AllocateError):
    """What is given is no problem of allocation: `facts["faults"]` are all faults, with their places."""

    code = "allocate.problem"
    en = "{name}:{reason}"
    zh = "{name_zh}：{reason_zh}"


class NoAnswerYet(AllocateError):
    """The time ran out before any answer was found."""

    code = "allocate.time"
    en = "No answer was found within {seconds} seconds. Allow more time (--time-limit), or a larger gap (--gap)."
    zh = "{seconds} 秒内没有找到方案。请放宽时间（--time-limit）或允许的差距（--gap）。"


class AnswerUnsound(AllocateError):
    """An answer that did not pass its check: a fault of the program, so the answer is not shown."""

    code = "allocate.check"
    en = "The answer did not pass its check and is not shown: {reason} This is a fault of the program; please report it with the problem."
    zh = "方案没有通过核验，不予显示：{reason_zh}这是程序的错误，请连同问题文件一并反馈。"


class StepRefused(AllocateError):
    """A step that a fund application cannot take."""

    code = "allocate.step"
    en = "The step “{step}” is not taken: {reason}"
    zh = "“{step_zh}”这一步没有记下：{reason_zh}"


class FundRefused(AllocateError):
    """Facts of a pool, or of a project's money, that cannot be."""

    code = "allocate.fund"
    en = "{name}: {reason}"
    zh = "{name}：{reason_zh}"


class OutputUnusable(DuhengError):
    """What was asked for cannot be written there."""

    code = "output"
    en = "{file}: {reason}"
    zh = "{file}：{reason_zh}"


class WorkspaceError(DuhengError):
    """No workspace here, or one that cannot be used."""

    code = "workspace"
    en = "{folder}: {reason}"
    zh = "{folder}：{reason_zh}"


class DecisionError(DuhengError):
    """A decision that cannot be made as asked."""

    code = "decision"
    en = "“{name}”: {reason}"
    zh = "“{name}”：{reason_zh}"


class WrongDay(DecisionError):
    """A day on which something cannot have happened; `reason` says why, and which days may be."""


class GatesMissing(DecisionError):
    """A project would pass gates that are not met: to be confirmed, not a wall. `gates` holds their codes."""

    code = "decision.gates"
    en = "“{name}”: {missing} not met yet. Nothing was changed; confirm that it moves on all the same, or enter when they were met."
    zh = "“{name}”：{missing_zh}尚未落实。没有任何改动；请确认仍要推进，或先登记落实日期。"

    @property
    def gates(self) -> Collection[str]:
        """The codes of the gates that are not met."""
        found = self.facts.get("gates", ())
        return found if isinstance(found, tuple) else ()


class AlreadyDecided(DecisionError):
    """Somebody else was quicker."""

    code = "decision.made"
    en = "“{name}” was decided by {by} on {at}: {state}. Nothing was changed; undo that decision first to decide anew."
    zh = "“{name}”已由{by}于 {at} 决定：{state_zh}。没有任何改动；要重新决定，请先撤销那次决定。"


class CannotUndo(DecisionError):
    """Something done since depends on the decision."""

    code = "decision.undo"
    en = "“{name}” cannot be undone: {reason} Nothing was changed."
    zh = "“{name}”不能撤销：{reason_zh}没有任何改动。"


class DatabaseUnusable(WorkspaceError):
    """The database cannot be reached, or is not fit for a workspace."""

    code = "workspace.database"
    en = "Database {database}: {reason}"
    zh = "数据库 {database}：{reason_zh}"


class BackupUnusable(WorkspaceError):
    """A backup that cannot be made or restored; nothing was changed."""

    code = "workspace.backup"
    en = "{file}: {reason}"
    zh = "{file}：{reason_zh}"


class NotAllowed(DuhengError):
    """The person's role does not permit the action."""

    code = "access"
    en = "The role “{role}” may not {action}. Ask an administrator."
    zh = "“{role_zh}”角色不能{action_zh}，请联系管理员。"
