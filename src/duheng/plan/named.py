"""The project names that a report's boxes and lists hold, each with its place and what is told of its stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from duheng import pattern as re
from duheng.plan.paper import Paper
from duheng.plan.passage import Passage, Side
from duheng.plan.plan import Mention
from duheng.plan.stage import Progress, progress
from duheng.read import Block, BlockKind, Box, Table, clean

_GROUP = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]+[）)]?[.、．]?)?\s*(?P<group>[^：:；。，]{2,30})[：:]")
_NUMBERING = re.compile(r"^\s*(?:[（(]\d+[）)]|\d+[.、．)）](?!\d)|[①-⑳])\s*")
_BOX_TITLE = re.compile(r"^专栏\s*\d*[：:\s]*")
_PROJECT_NAME = re.compile(r"(?:重[点大])?(?:建设)?项目(?:名称)?")
_PROJECT_FACT = re.compile(r"建设(?:内容|性质|规模|地点|单位|年限|周期)|投资|业主")
_NUMBERING_OF_GROUP = re.compile(r"^[（(]?[一二三四五六七八九十]+[）)]?[、.．]?")
_TOTAL = re.compile(r"^(?:合计|总计|小计|共计)|[（(]\d+[个项][）)]$")
_LISTING = re.compile(r"项目|工程|重大|重点")

_NOUN = (
    r"(?:项目|工程|基地|产业园|科技园|园区?|中心|公园|大道|道路|公路|高速|快速路|铁路|路网|路|隧道|大桥|桥|立交|段|医院|学校|大学|学院|中学|小学|幼儿园"
    r"|附中|校区|院区|酒店|广场|大厦|工厂|水厂|电厂|厂|车间|生产线|号线|线|港|码头|机场|馆|总部|小镇|步道|绿道|枢纽|站场|车站|电站|泵站|站|安置房"
    r"|住房|宿舍|综合体|商圈|仓库|水库|管网|管廊|灌区|改造|扩建|改扩建|迁建|整治|修缮|影剧院|体育场|体育馆|养老院|福利院|消防站|停车场|田园|街区|校|院|库)"
)
_ENDS_AS_PROJECT = re.compile(
    rf"{_NOUN}(?:[（(][^（）()]*[）)])?(?:[一二三四五六七八九十]+期)?(?:[（(][^（）()]*[）)])?(?:建设|新建|扩建|改造)?$"
)
_VERB = (
    r"(?:新开工|开工建设|开工|启动建设|启动|加快建设|加快推进|加快实施|加快|提速建设|推进|推动|实施|建成投用|建成|完工投用|完工投产|完工|竣工投产|竣工"
    r"|建设|新建|新改建|提速|力促|促进|确保|力争|争取|紧盯|抓好|续建|支持|盘活升级|投用|谋划|储备|做实|开展|完成)"
)
_LEAD = re.compile(
    rf"^(?:(?:全年|全力|扎实|深入|持续|有序|稳步|积极|进一步|着力|继续|重点|年内|抢抓|同时|高质量|高标准|高水平|并)*)(?P<verb>{_VERB}+)(?P<rest>.+)$"
)
_CLOSE = re.compile(
    r"(?P<names>.+?)等(?P<count>[\d一二三四五六七八九十]+[个条座所家])?(?:一批|一系列)?[^、，]{0,14}?(?P<noun>项目|工程|公路|道路|公园|学校|医院)(?P<after>.*)$"
)
_AFTER = re.compile(
    r"(?P<names>.+?)(?P<after>(?:项目)?(?:加快|提速|扎实|有序|顺利|基本|全面|尽快|主体|正式|如期)*(?:开工建设|开工|建成投用|建成|竣工投产|竣工|完工投产|完工"
    r"|投产|投用|通车|开园|开业运营|启用|建设|推进|落地|前期工作.{0,8})(?:投用|投产|运营|见效)?"
    r"|(?:项目)?(?:启动实施|启动|进入[^，]{2,8}阶段|主体封顶|封顶|建成(?:通车|招生|开放|启用|运营)|完成(?:规划设计|主体建设)))$"
)
_NOT_NAME = re.compile(
    r"^(?:设立|做优|筹措|更多|首批|一批|提供|助推|导入|引导|带动|全[国省市区县州]|我[国省市区县州]|加强|完善|健全|提升|深化|优化|强化|推进|推动|加快|做好|做大|打造|培育|引进|引入|支持|落实|开展|建立|构建|创建|探索|扩大|形成|实现|用好|发挥)"
    r"|^(?:聚焦|围绕|突破|瞄准|攻克|抢占|锚定|立足|紧扣|聚力|接续|服务保障|规模化|建好|办好)"
    r"|机制|体系|制度|政策|行动|方案|规划编制|改革|服务能力|水平|工作$|任务$|平台经济|等|专项整治|^\d|^[一二三四五六七八九十两]+(?:个|条|座|批)|问题|企业$|产业$|集群$|\d+[个项条座家]"
    r"|(?:强基|培育|培优|培元|铸魂|树人|育人|引领|回归|帮扶|溯源|提质|富民|惠民|民心|实事|重大|重点|基础|文明|关爱|先锋|工业|服务|[一二三四五六七八九十]大)工程$"
    r"|^(?:国际|国家|区域|西部|东部|中部|全国|世界|全球)[一-鿿]{0,8}中心$"
    r"|^(?:更新|提升|升级)?改造$|^(?:城市|农村|城乡|乡村|公共|老旧|市政|小微|重点|基础设施|配套|停车|道路|产业){1,2}[一-鿿]{2}$"
)
_FIRM = re.compile(r"前期|开工|竣工|完工|建成|投用|投产|启动|加快建设|提速建设|续建|新建")
_WORKS_ALONE = re.compile(r"(?:改造|整治|修复|提升|更新|修缮|扩建|中心|库|园|站|线)$")
_QUANTITY = re.compile(
    r"(?P<name>.+?[^\d.])\d[\d,.]*(?:万|亿)?(?:套|个|公里|平方米|亩|间|座|户|台|条|处|家|所|米|张|吨|名|人)+[^\d]{0,4}$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One naming of a project. `sure` where a box or list names it as a project; else it counts only beside a sure one."""

    name: str
    group: str
    mention: Mention
    progress: Progress
    boxed: bool
    sure: bool


def named(paper: Paper) -> tuple[Named, ...]:
    """Every naming of a project in the report's boxes and in the lists of its text, in order."""
    found = [each for box in paper.document.boxes for each in _in_box(box, paper)]
    found += [each for table in paper.document.tables for each in _in_table(table, paper)]
    for passage in paper.passages:
        if passage.kind is BlockKind.PARAGRAPH and passage.side is not Side.UNKNOWN:
            found.extend(_in_passage(passage, paper))
    return tuple(sorted(found, key=lambda each: each.mention.offset))


def _in_box(box: Box, paper: Paper) -> Iterator[Named]:
    title = _BOX_TITLE.sub("", box.caption.text.strip()) if box.caption else ""
    for block in box.blocks:
        if box.caption is not None and block.offset == box.caption.offset:
            continue
        view = clean(block.text)
        heading = _GROUP.match(view.text)
        if heading and "；" in heading["group"]:
            heading = None
        start = heading.end() if heading else 0
        if not _lists_projects(view.text[start:], title=f"{title}{heading['group'] if heading else ''}"):
            continue
        group = heading["group"].strip() if heading else title
        told = f"{title} {group}"
        side = Side.PAST if str(paper.year - 1) in title else Side.PLAN
        for at, item in _items(view.text, start):
            first, last = view.original(at, at + len(item))
            yield Named(
                name=item,
                group=group,
                mention=paper.mention(block.offset + first, block.offset + last),
                progress=_of_group(told, group=group, side=side),
                boxed=True,
                sure=True,
            )


def _in_table(table: Table, paper: Paper) -> Iterator[Named]:
    """The rows of a table of projects (项目名称 | 建设性质 | 总投资 …), with the stage its own column tells."""
    headed = next((i for i, row in enumerate(table.rows[:3]) if any(_PROJECT_NAME.fullmatch(_bare(each)) for each in row)), None)
    if headed is None or not any(_PROJECT_FACT.search(_bare(each)) for row in table.rows[: headed + 2] for each in row):
        return
    heads = [_bare(each) for each in table.rows[headed]]
    column = next(i for i, head in enumerate(heads) if _PROJECT_NAME.fullmatch(head))
    kind = next((i for i, head in enumerate(heads) if re.search(r"性质|阶段|状态|进展", head)), None)
    caption = table.caption.text.strip() if table.caption else ""
    group = caption
    side = Side.PAST if str(paper.year - 1) in caption and str(paper.year) not in caption else Side.PLAN
    for row in table.rows[headed + 1 :]:
        if len(row) <= column:
            continue
        name, cells = _bare(row[column]), {id(each) for each in row if each.text.strip()}
        if len(cells) == 1:
            group = _NUMBERING_OF_GROUP.sub("", _bare(next(each for each in row if each.text.strip()))) or caption
        elif len(name) > 2 and not _TOTAL.search(name) and not _PROJECT_NAME.fullmatch(name):
            told = _bare(row[kind]) if kind is not None and kind < len(row) else ""
            yield Named(
                name=name,
                group=group,
                mention=paper.mention(row[column].offset, row[column].end),
                progress=progress(told, side=side) if re.search(r"开工|续建|在建|竣工|完工|建成|前期|储备", told) else Progress(),
                boxed=True,
                sure=True,
            )


def _bare(block: Block) -> str:
    return re.sub(r"\s+", "", block.text)


def _lists_projects(text: str, *, title: str) -> bool:
    """Whether a box's paragraph lists projects: its heading says so, or its entries look like it; prose and data do not."""
    entries = [piece for _, piece in _cut(text.rstrip("。\n "), start=0, marks="；;、")]
    prose = sum(bool(re.search(r"[，。]|\d(?:\.\d+)?[%％]|\d亿元", entry)) for entry in entries)
    if prose * 4 > len(entries):
        return False
    alike = sum(bool(_ENDS_AS_PROJECT.search(entry)) for entry in entries)
    return bool(_LISTING.search(title)) or alike * 2 > len(entries)


def _of_group(told: str, *, group: str, side: Side) -> Progress:
    """A list's heading tells a stage only in plain words (开工重点项目, 竣工项目, 续建): 公园建设 is a field, not a stage."""
    for words in (group, told):
        if found := re.findall(r"新?开工|竣工|完工|投产|建成|续建|在建|前期|储备|谋划", words):
            if len({word[-2:] for word in found}) == 1 and "开竣工" not in words:
                return progress(found[0], side=side)
            return Progress()
    return Progress()


def _items(text: str, start: int) -> Iterator[tuple[int, str]]:
    """The entries of a list: cut at ；, or at 、 where it has no ；."""
    marks = "；;" if "；" in text[start:] or ";" in text[start:] else "、"
    for at, piece in _cut(text, start=start, marks=marks):
        lead = _NUMBERING.match(piece)
        at, piece = (at + lead.end(), piece[lead.end() :]) if lead else (at, piece)
        bare = piece.rstrip("。.；; 　\n")
        offset = len(bare) - len(bare.lstrip())
        if len(bare.strip()) > 1:
            yield at + offset, bare.strip()


@cache
def _cuts(marks: str) -> re.Pattern[str]:
    return re.compile(f"[（(“《【）)”》】{marks}]")


def _cut(text: str, *, start: int, marks: str) -> Iterator[tuple[int, str]]:
    """`text[start:]` cut at `marks` outside brackets and quotes."""
    depth, begin = 0, start
    for mark in _cuts(marks).finditer(text, start):
        c = mark.group()
        depth += (c in "（(“《【") - (c in "）)”》】")
        if c in marks and depth <= 0:
            yield begin, text[begin : mark.start()]
            begin = mark.end()
    if begin < len(text):
        yield begin, text[begin:]


def _in_passage(passage: Passage, paper: Paper) -> Iterator[Named]:
    view = clean(passage.text)
    path = paper.document.path_at(passage.offset)
    group = re.sub(r"^[（(]?[一二三四五六七八九十\d]+[）)]?[、.．]?", "", path[-1].title).strip() if path else ""
    for at, clause in _cut(view.text, start=0, marks="，；。：！,;"):
        for begin, name, sure in _in_clause(clause):
            first, last = view.original(at + begin, at + begin + len(name))
            yield Named(
                name=name,
                group=group[:40],
                mention=paper.mention(passage.offset + first, passage.offset + last),
                progress=progress(clause.replace(name, "□"), side=passage.side),
                boxed=False,
                sure=sure,
            )


def _in_clause(clause: str) -> Iterator[tuple[int, str, bool]]:
    """The project names of a clause: (place in it, name, whether it is surely one)."""
    lead = _LEAD.match(clause)
    rest, shift = (lead["rest"], lead.start("rest")) if lead else (clause, 0)
    if closed := _CLOSE.match(rest):
        if re.search(r"引[入进]|签约|招引|获评|入选|开通|授信", clause[:shift] + closed["names"][:3]):
            return
        yield from _list(closed["names"], shift, listed=closed["noun"] in ("项目", "工程"), firm=True)
        return
    after = _AFTER.match(rest)
    told = (lead["verb"] if lead else "") + (after["after"] if after else "")
    if lead or after:
        yield from _list(after["names"] if after else rest, shift, listed=False, firm=bool(_FIRM.search(told)))


def _list(names: str, shift: int, *, listed: bool, firm: bool) -> Iterator[tuple[int, str, bool]]:
    """The names of a list. `firm` tells that the words around speak of building: 推进某地改造 alone may be a policy."""
    for at, piece in _cut(re.sub(r"”(?=“)", "、", names), start=0, marks="、"):
        lead = _LEAD.match(piece)
        if lead and not _ENDS_AS_PROJECT.search(piece[: lead.start("rest")]):
            at, piece = at + lead.start("rest"), lead["rest"]
        piece = re.sub(r"(?<=.{3})(?:纳入|列入|入选).*$", "", piece)
        counted = _QUANTITY.match(piece)
        name = counted["name"] if counted else piece
        at, name = (
            (at + 1, name[1:].removesuffix("”")) if name.startswith("“") and name.find("”") in (-1, len(name) - 1) else (at, name)
        )
        named_so = bool(_ENDS_AS_PROJECT.search(name))
        if 3 <= len(name) <= 40 and (listed or named_so) and not _NOT_NAME.search(name):
            sure = listed or (len(name) > 3 and (firm or not _WORKS_ALONE.search(name)))
            yield at + shift, name, sure and not counted
