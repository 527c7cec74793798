"""A list of names that share a part: 城镇、农村居民收入, 养老保险、医疗保险参保率, 第一、二、三产业增加值."""

from __future__ import annotations

from duheng import pattern as re
from duheng.read import words

_INDUSTRIES = re.compile(r"(?P<numbers>第?[一二三](?:[、和]第?[一二三])+)(?P<rest>次?产业.*)")
# Words that stand side by side before one noun: where the last of a list begins with one, the others lack that noun.
_CONTRASTS = (
    "城镇|农村|城市|乡村|乡镇|农民",
    "工业|民间|制造业|基础设施|房地产|房地产开发|技改|技术改造|产业|农业|服务业",
    "进口|出口|内贸|外贸",
    "客运|货运|旅客|货物|客|货",
    "境内|境外|国内|国外|国际|入境|省内|省外|市内|市外|区内|区外",
    "公路|铁路|水路|航空|水运",
    "批发|零售|住宿|餐饮",
    "国家级|省级|市级|区级|县级|国家|省|市",
    "小学|初中|高中|学前|普通高中|中职",
    "规上|限上|规模以上|限额以上",
    "男性|女性",
    "上行|下行",
)
_BESIDE = tuple(re.compile(f"(?:{group})") for group in _CONTRASTS)


def names_of_list(head: str, count: int) -> list[str]:
    """`head` split into `count` names, each completed by what the list shares; empty where it holds another number of names.

    >>> names_of_list("城镇、农村居民人均可支配收入", 2)
    ['城镇居民人均可支配收入', '农村居民人均可支配收入']
    >>> names_of_list("第一、二、三产业增加值", 3)
    ['第一产业增加值', '第二产业增加值', '第三产业增加值']
    """
    if count == 2 and "城乡" in head and "、" not in head:
        return [head.replace("城乡", "城镇", 1), head.replace("城乡", "农村", 1)]
    industries = _INDUSTRIES.fullmatch(head)
    if industries:
        numbers = re.findall("[一二三]", industries["numbers"])
        return [f"第{number}{industries['rest']}" for number in numbers] if len(numbers) == count else []
    parts = split_list(head, "、")
    if len(parts) < count:
        parts = [piece for part in parts for piece in split_list(part, "和与及")]
    if len(parts) != count:
        return []
    return _completed([re.sub(r"^(?:实现|完成|确保|推动|带动)(?=.{2})", "", part) for part in parts])


def split_list(text: str, marks: str) -> list[str]:
    """`text` cut at `marks` outside brackets and quotes; never inside a word of one character."""
    pieces, depth, start = [], 0, 0
    for i, c in enumerate(text):
        depth += (c in "“（(《") - (c in "”）)》")
        if c in marks and depth == 0 and i - start >= 2 and len(text) - i > 2:
            pieces.append(text[start:i])
            start = i + 1
    return [*pieces, text[start:]]


def _completed(parts: list[str]) -> list[str]:
    """Each name with the suffix that only the last has and the prefix that only the first has."""
    if len(parts) < 2:
        return parts
    shared = _shared(parts)
    parts = [*(part if part.endswith(shared) else part + shared for part in parts[:-1]), parts[-1]]
    prefix = words.HEADS.sub("", parts[0])
    if prefix != parts[0] and prefix:
        parts = [parts[0], *(prefix + part if words.HEADS.fullmatch(part) else part for part in parts[1:])]
    return parts


def _shared(parts: list[str]) -> str:
    """What the last name has behind the word that tells it from the others."""
    last = parts[-1]
    for group in _BESIDE:
        found = group.match(last)
        if (
            found
            and all(group.search(part) and group.sub("", part, count=1) == "" for part in parts[1:-1])
            and _ends_with(group, parts[0])
        ):
            return last[found.end() :]
    at = last.find(parts[-2][-1])
    return last[at + 1 :] if at > 0 and not words.HEADS.search(parts[-2]) else ""


def _ends_with(group: re.Pattern[str], text: str) -> bool:
    return any(found.end() == len(text) for found in group.finditer(text))
