"""Which printed numbers measure something, and which are part of a name: 15分钟健身圈, 三次产业, 第五次会议, DN1400, 2025年."""

from __future__ import annotations

from duheng import pattern as re
from duheng.measure import Form, Found
from duheng.read.sentence import Sentence

_LATIN_BEFORE = re.compile(r"[A-Za-zα-ω][-—_.]?\d*[-—]?$|\d[-—.:/]$|[A-Za-z]\.?$")
_YEARS = range(1900, 2101)
# A longer quote than this is somebody's words rather than a name.
_LONGEST_NAME = 30
_NEAR = 40  # characters on either side of a number that can make it part of a name
_ORDINAL = re.compile(r"第$")
_RANKED = re.compile(
    r"(?:居|列|位|排名?|名列|跃升|跃居|升至|上升至|前进至|进入|蝉联|保持|稳居|获|夺得?|荣获|评为)[^，。；、]{0,14}$|(?:全国|全省|全市|全区|全县|全球|世界|中心城区|同类城市|西部|东部|中部)[^，。；、]{0,6}$"
)
_RANK_ENDS = re.compile(r"(?:$|[，。；、！）)”位名的]|和|及|与|左右)")
# These units number things or grade them, and measure nothing by themselves: 第26届, 9月, 110kV, 3级, 1类新药.
_NUMBERING = frozenset({"届", "轮", "月", "日", "点", "分", "级", "类", "千伏", "kV", "KV"})
# What follows makes a unit word part of a name: 四次会议, 三次产业, 四个一批, 15分钟生活圈, 3岁以下, 三年行动.
_NAME_TAILS: dict[str, str] = {
    "次": r"会议|(?:、[^，。]{0,6}次)?全会|全体|产业|党代会|代表大会|全国|人大|创业|分配|性",
    "个": r"[一二三四五六七八九十两]|必须|毫不|坚持|统筹|维护|意识|自信|确保|面向|力争|更加|聚焦|带头",
    "位": r"一体|数",
    "个小时": r".{0,6}圈",
    "小时": r".{0,6}(?:圈|通达|直达|交通)",
    "分钟": r".{0,12}圈",
    "项": r"机制|原则|纪律|规定",
    "大": r"球|类|常委会|代表|会议|和|、|精神|以来|报告|，|。|$",
    "条": r"例",
    "岁": r"以|及|至|—|儿童|婴幼儿|老人|人口",
    "站": r"台|式",
    "对": r"一|口",
    "组": r"团|织",
    "班": r"子|列",
    "头": r"部",
    "口": r"袋|岸",
    "本": r"账",
    "天": r"攻坚|行动|内",
}
# Beside a Chinese numeral these words mostly name: 一批, 三道防线, 两岸三地 ...
_NAMING_WHEN_COUNTED = frozenset({"批", "道", "段", "部", "首", "起", "期"})
_MEASURES_TIME = re.compile(
    r"(?:连续|持续|超|近|约|历时|提前|缩短|压缩|平均|寿命|年限|达|达到|为|再|突破|增加|减少)[^，。；]{0,4}$"
)


def is_name(sentence: Sentence, found: Found) -> bool:
    """Whether the number found only helps to name something, so that it states nothing."""
    text, quote = sentence.text, sentence.quoted[found.number]
    before, after = text[max(0, found.number - _NEAR) : found.number], text[found.end : found.end + _NEAR]
    if quote and (quote[0] == "《" or len(quote) <= _LONGEST_NAME):
        return True
    if found.form is Form.RANK:
        return not _is_rank(text, found)
    if found.form is Form.RATIO:
        return _is_numbering(text, found)
    if _is_code(before, after, found) or _is_date(found, after):
        return True
    if _ORDINAL.search(before):
        return True
    if found.form is Form.WORDS:
        return False
    return not found.quantity.unit.symbol or _names_a_count(before, after, found)


def _is_code(before: str, after: str, found: Found) -> bool:
    """Letters or dashes that touch the number: DN1400, N32-2, 5G, A1, 12345热线."""
    if _LATIN_BEFORE.search(before) and found.form is not Form.WORDS:
        return True
    return bool(re.match(r"[-+][\dA-Za-z]", after)) or before.endswith("+")


def _is_date(found: Found, after: str) -> bool:
    symbol = found.quantity.unit.symbol
    if symbol == "年" and found.quantity.value in _YEARS and found.form is Form.PLAIN:
        return True
    return symbol in ("年", "个月") and bool(re.match(r"\d", after))


def _is_rank(text: str, found: Found) -> bool:
    """第3 ranks only where the words speak of a place: 居全市第3, 位列第一; 第三届 and 第一产业 do not."""
    before, printed, after = text[max(0, found.start - 24) : found.start], text[found.start : found.end], text[found.end :]
    if printed == "首位":
        return not after.startswith("度")
    ranked = bool(_RANKED.search(before)) or bool(re.search(r"第\d+位?[、和]$", before))
    return ranked and (printed.endswith(("位", "名")) or bool(_RANK_ENDS.match(after)))


def _is_numbering(text: str, found: Found) -> bool:
    """A colon between numbers that is no ratio: 表1：2025年, a time of day, a score."""
    start, end = found.start, found.end
    while re.search(r"[\d.][:：∶]?$", text[max(0, start - 2) : start]):
        start -= 1
    while re.match(r"[:：∶]?[\d.]", text[end : end + 2]):
        end += 1
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    labelled = re.search(r"(?:表|专栏|图|附件|第)\s*$", before) or re.search(r"\d[日\s-]+$", before)
    return bool(labelled) or bool(re.match(r"\s*(?:年|分|赛|比分)", after))


def _names_a_count(before: str, after: str, found: Found) -> bool:
    symbol, counted = found.quantity.unit.symbol, found.form is Form.COUNTED
    if symbol in _NUMBERING or (counted and symbol in _NAMING_WHEN_COUNTED):
        return True
    if symbol in ("年", "天") and counted:
        return not re.search(r"(?:连续|持续)$", before)
    if symbol == "年":
        return not _MEASURES_TIME.search(before)
    if counted and (re.search(r"[几数十百千万零第“—\d]$", before) or re.match(r"[^，。；、]{0,10}之一", after)):
        return True
    tail = _NAME_TAILS.get(symbol)
    return bool(tail and re.match(tail, after))
