"""What a number is about: its subject, resolved from the words around it and from what was spoken of before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from duheng import pattern as re
from duheng.measure import Form, Found
from duheng.read import words
from duheng.read.listing import names_of_list, split_list
from duheng.read.sentence import Sentence

_LONGEST = 40
_JOINTS = re.compile(r"[、，]?(?:和|与|及|以及|、|，)?")
_RANKING = re.compile(
    r"(?P<of>.*?)(?P<how>(?:首次|分别|均|已|并|稳|持续|连续[^，、]{0,4})*(?:位居|位列|排名?在?|名列|跃居|跃升至?|上升[至到]|前进[至到]|升至|居于?|列|位次?为?|进入|保持在?|蝉联))(?P<scope>[^居列]*?)$"
)
_ANAPHORA = re.compile(r"^全?(?:年全)?(产业|行业)(?=营收|营业收入|产值|增加值|收入|规模)")


@dataclass(slots=True)
class Thread:
    """What has been spoken of so far in a sentence: the subject to carry on with, its owner, and the last list of subjects."""

    subject: str = ""
    owner: str = ""
    main: str = ""
    verb: str = ""
    listed: Sequence[str] = field(default=())
    said: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A number with what the words around it say: its subject, the verb that moved it, and whether it moved *to* the value."""

    found: Found
    subject: str
    verb: str = ""
    reached: bool = False


def readings(
    sentence: Sentence, group: Sequence[Found], beside: tuple[Found | None, Found | None], thread: Thread
) -> list[Reading]:
    """What each number of `group` is about; numbers joined by 、 or 和 form a group, and may share a list of subjects.

    `beside` are the numbers before and behind the group.
    """
    previous, following = beside
    left = _left(sentence, group[0], previous)
    if group[0].form is Form.RANK:
        return _ranks(left, group, thread)
    if group[0].form is Form.RATIO:
        return _ratio(left, group, thread)
    if len(group) > 1:
        shared = _distributed(left, group, thread)
        if shared:
            return shared
    result = []
    for i, found in enumerate(group):
        before = left if i == 0 else sentence.text[group[i - 1].end : found.start].lstrip("、，和及与")
        after = group[i + 1] if i + 1 < len(group) else following
        result.append(_single(sentence, found, (before, _right(sentence, found, after)), thread))
    return result


def _left(sentence: Sentence, found: Found, previous: Found | None) -> str:
    """The words before a number that belong to it: back to the start of its clause, or to the item before it in a list."""
    start = sentence.clause_start(found.start)
    if previous is None or previous.end <= start:
        return sentence.text[start : found.start]
    between = sentence.text[previous.end : found.start]
    if found.form is Form.RANK and "、" not in between:
        return sentence.text[start : found.start]
    if "分别" in between and not between.startswith("、"):
        return sentence.text[start : found.start]
    if "、" in between:
        return between.partition("、")[2]
    between = re.sub(r"^.*中有?$", "", between)
    criterion = re.match(r"的|级|以[上下内]", between) or sentence.text[previous.number : previous.end].endswith(
        ("以上", "以下", "以内")
    )
    return sentence.text[start : found.start] if criterion else between


def _ranks(left: str, group: Sequence[Found], thread: Thread) -> list[Reading]:
    match = _RANKING.search(left)
    scope = match["scope"] if match else left
    base = _plain(words.LINKS.sub("", match["of"])) if match else ""
    listed = thread.listed if len(thread.listed) == len(group) else [_owned(base, thread)] * len(group)
    place = f"在{scope.strip('的')}" if scope.strip("的") else ""
    return [Reading(found=f, subject=f"{subject}{place}位次") for f, subject in zip(group, listed, strict=True)]


def _ratio(left: str, group: Sequence[Found], thread: Thread) -> list[Reading]:
    base = words.LINKS.sub("", _plain(left))
    if "产业" in base and len(group) == 3:
        return [Reading(found=f, subject=f"第{n}产业比重") for f, n in zip(group, "一二三", strict=True)]
    thread.subject = thread.owner = base or thread.subject
    return [Reading(found=f, subject=thread.subject) for f in group]


def _distributed(left: str, group: Sequence[Found], thread: Thread) -> list[Reading]:
    """A list of subjects laid over a list of numbers (A、B、C分别增长x、y、z); empty where the lists do not match."""
    head, marked, predicate = left.rpartition("分别")
    head, predicate = (head, predicate) if marked else (left, left)
    verb, reached, stem = _predicate(predicate if marked else left)
    if not marked:
        head = stem
    names = names_of_list(_plain(words.LINKS.sub("", head)), len(group))
    if not _plain(head) and len(thread.listed) == len(group):
        names = list(thread.listed)
    elif marked and not _plain(head) and len(thread.said) >= len(group):  # 16起、死亡11人，分别下降
        names = thread.said[-len(group) :]
    if not names:
        return []
    if marked and stem.strip():  # 分别新认定60家和30家: the verb behind 分别 belongs to each
        names = [f"{stem}{name}" if words.DOING.fullmatch(stem) else f"{name}{stem}" for name in names]
    thread.listed, thread.subject, thread.owner = names, names[-1], names[-1]
    return [Reading(found=f, subject=n, verb=verb, reached=reached) for f, n in zip(group, names, strict=True)]


def _single(sentence: Sentence, found: Found, around: tuple[str, str], thread: Thread) -> Reading:
    left, right = around
    verb, reached, stem = _predicate(left)
    stem = _anaphora(sentence, _last_action(_plain(stem)))
    if right and _takes_right(found, stem):
        subject = _short(_with_right(stem, right))
        thread.subject = thread.owner = subject
        thread.listed = ()
        return Reading(found=found, subject=subject)
    if found.quantity.unit.dimension == "count":
        stem = _without_examples(stem)
    if not stem and re.match(r"增[速长]", right):
        verb, right = "增长", ""
    if not stem:
        return _carried(found, (left, right), (verb, reached), thread)
    if words.COMPARED.match(stem) and thread.owner:
        return Reading(found=found, subject=f"{thread.owner}{stem}", verb=verb, reached=reached)
    subject = _short(_owned(stem, thread))
    if not words.RELATIONAL.match(stem):
        thread.owner, thread.listed = subject, ()
    thread.subject, thread.verb = subject, "" if reached else verb
    return Reading(found=found, subject=subject, verb=verb, reached=reached)


def _carried(found: Found, around: tuple[str, str], moved: tuple[str, bool], thread: Thread) -> Reading:
    """A number without a subject of its own goes on with the last: 增长9%、力争10%; 新增249家，累计达785家."""
    left, right = around
    verb, reached = moved
    subject = thread.subject or right
    if "累计" in left or re.search(r"达到?$|总[数量]", left):  # the stock behind what was added to it
        subject = re.sub(r"^新[增建设立开工改认定引进培育]*|(?:净增|新增)$", "", subject)
    if (
        not verb
        and not reached
        and not words.LINKS.search(re.sub(r"力争|确保|争取", "", left))
        and found.quantity.unit.dimension == "ratio"
    ):
        verb = thread.verb
    thread.subject, thread.verb = subject, "" if reached else verb
    return Reading(found=found, subject=subject, verb=verb, reached=reached)


def _predicate(left: str) -> tuple[str, bool, str]:
    """The verb that moved the value, whether it moved *to* it, and the words before: 同比增长 → (增长, False, …)."""
    stem = re.sub(r"(?:目标|预期)$", "", left)
    moved = words.MOVED.search(stem) or words.MOVED.search(words.LINKS.sub("", stem))
    if not moved or moved["verb"] == "新增":
        return "", False, words.LINKS.sub("", stem)
    reached = (bool(moved["to"]) and moved["to"] != "了") or bool(re.search(r"(?:达到?|保持在)$", moved.group()))
    return moved["verb"], reached, words.LINKS.sub("", moved.string[: moved.start()])


def _right(sentence: Sentence, found: Found, following: Found | None) -> str:
    """The words behind a number that belong to it: up to the end of its clause or the next number."""
    if sentence.text[found.end : found.end + 1] in "（([【":
        return ""
    end = sentence.clause_end(found.end)
    text = sentence.text[found.end : min(end, following.start) if following else end]
    return re.sub(r"(?:中有?|的)$", "", re.sub(r"^(?:的|级|为|是)", "", text)).strip("（）() ")


def _takes_right(found: Found, stem: str) -> bool:
    """Whether the words behind a number name what it counts: 3家企业, 15公里行道树修剪, 兑现900余万元奖补资金."""
    if found.quantity.unit.dimension in ("ratio", "points"):
        return False
    return found.quantity.unit.dimension != "money" or not stem or bool(words.DOING.fullmatch(stem))


def _with_right(stem: str, right: str) -> str:
    """A verb stays before what it brings about; examples (A、B等) and what went before do not."""
    doing = words.DOING.match(stem)
    lead = stem if not stem.endswith("等") else doing.group() if doing else ""
    return f"{lead}{right}"


def _last_action(stem: str) -> str:
    """Of two actions in a row the number belongs to the last: 启动出海计划、实现海外销售 → 海外销售."""
    *before, last = split_list(stem, "、")
    done = before and words.DOING.match(last) and words.DOING.match(before[0])
    return _plain(last) if done else stem


def _without_examples(stem: str) -> str:
    """引入甲、乙等项目 → 引入项目."""
    match = words.EXAMPLES.search(stem)
    if not match or len(match.group()) < 2:
        return stem
    doing = words.DOING.match(stem)
    return f"{doing.group() if doing else ''}{match.group()}"


def _anaphora(sentence: Sentence, stem: str) -> str:
    """全产业营收 speaks of the industry that the sentence began with."""
    match = _ANAPHORA.match(stem)
    if not match:
        return stem
    named = re.search(rf"(?:做[强优大]|壮大|提质|打造|培育|发展)*([^，；。、]{{2,14}}{match[1]})", sentence.text)
    return stem.replace(match.group(), named[1], 1) if named and named.end() < len(sentence.text) else stem


def _owned(stem: str, thread: Thread) -> str:
    if not stem:
        return thread.subject
    if not words.RELATIONAL.match(stem) or stem.startswith(thread.owner or "\0"):
        return stem
    # 粮食播种面积2.1万亩、产量1.27万吨: the new head takes the place of the old.
    owner = words.HEADS.sub("", thread.owner) if words.HEADS.fullmatch(stem) else thread.owner
    # 研发经费投入17.8亿元、投入强度3.35%: what both say is said once.
    shared = next((n for n in range(min(len(owner), len(stem)), 0, -1) if owner.endswith(stem[:n])), 0)
    return owner + stem[shared:]


def _plain(text: str) -> str:
    return words.BASELINE.sub("", words.LEADING.sub("", text.strip(" 　\t，、：:；"))).strip(" 　，、：:的")


def _short(subject: str) -> str:
    """A subject that runs on loses what it quotes, then all but the last of its list."""
    if len(subject) <= _LONGEST:
        return subject
    subject = re.sub(r"“[^”]{8,}”", "", subject)
    return split_list(subject, "、")[-1][-_LONGEST:]
