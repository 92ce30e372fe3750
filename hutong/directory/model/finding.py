"""How a person is found: by name, pinyin, initials, account, tail of the phone.

Everybody has a set of keys, each looked up by its beginning: one index does it all, and no wildcard has a meaning.
"""

import unicodedata
from functools import lru_cache

import msgspec

# Surnames that are read otherwise than their character mostly is. The other reading finds them too.
_SURNAME_READINGS = """
    曾 zeng 单 shan 解 xie 仇 qiu 查 zha 任 ren 区 ou 朴 piao 盖 ge 覃 qin 缪 miao 种 chong
    黑 he 折 she 员 yun 乐 yue 翟 zhai 冼 xian 尉 wei 召 shao 纪 ji 那 na 秘 bi 牟 mu
    逄 pang 晁 chao 谌 chen 郇 xun 宓 mi 句 gou 过 guo 洗 xian 华 hua 长 chang 石 shi 行 xing
    藏 zang 车 che 能 nai 隗 wei 佴 nai 麴 qu 阚 kan 乜 nie 令 ling 祭 zhai 燕 yan 哈 ha
    繁 po 粘 nian 都 du 呙 guo 教 jiao 相 xiang 卜 bu 柏 bai 薄 bo 宿 su 葛 ge 娄 lou
    应 ying 宁 ning 沈 shen 俞 yu
"""
_COMPOUND_READINGS = """
    尉迟 yu-chi 万俟 mo-qi 长孙 zhang-sun 澹台 tan-tai 单于 chan-yu 令狐 ling-hu 欧阳 ou-yang 上官 shang-guan
    司马 si-ma 诸葛 zhu-ge 皇甫 huang-fu 慕容 mu-rong 夏侯 xia-hou 公孙 gong-sun 宇文 yu-wen 司徒 si-tu
    端木 duan-mu 东方 dong-fang 独孤 du-gu 南宫 nan-gong 赫连 he-lian 呼延 hu-yan 钟离 zhong-li 鲜于 xian-yu
    闾丘 lv-qiu
"""


def _table(text: str) -> dict[str, tuple[str, ...]]:
    words = text.split()
    return {name: tuple(reading.split("-")) for name, reading in zip(words[::2], words[1::2], strict=True)}


_SURNAMES = _table(_SURNAME_READINGS)
_COMPOUND_SURNAMES = _table(_COMPOUND_READINGS)
_IGNORED = frozenset(" '’‘`·•・.#~\"")
# Which kind of key it is: what stands inside a name, accounts and phones are looked up apart from beginnings of names.
_INSIDE, _OF_ACCOUNT, _OF_PHONE = "~", "@", "#"
# People search by the beginning of a name or of a given name; a key for each later letter would find noise.
_MAX_TAILS = 6
_MAX_KEY = 96

# The lower, the earlier in the list.
NAME, PINYIN, INITIALS, ACCOUNT, ALIAS, PHONE = range(6)
_INNER = 20


class Reading(msgspec.Struct, frozen=True):
    """A name's sounds: a syllable (or a foreign word) each."""

    syllables: tuple[str, ...]

    @property
    def pinyin(self) -> str:
        return "".join(self.syllables)

    @property
    def initials(self) -> str:
        return "".join(syllable[0] for syllable in self.syllables)


@lru_cache(maxsize=65_536)
def _sounds(text: str) -> tuple[str, ...]:
    # Its dictionaries take a sixth of a second: only for who writes names, not for every command and every start.
    from pypinyin import lazy_pinyin

    sounds: list[str] = []
    for part in lazy_pinyin(text):
        sounds.extend(word for word in (fold(piece) for piece in part.split()) if word)
    return tuple(sounds)


def read_aloud(name: str) -> tuple[Reading, ...]:
    """The readings of a name, the likeliest first: 曾毅 is zeng yi, but who types ceng yi finds him too."""
    compound = _COMPOUND_SURNAMES.get(name[:2])
    if compound and len(name) > 2:
        readings = [(*compound, *_sounds(name[2:]))]
    elif name[:1] in _SURNAMES and len(name) > 1:
        readings = [(*_SURNAMES[name[0]], *_sounds(name[1:]))]
    else:
        readings = []
    readings.append(_sounds(name))
    # lü is typed lv, written lu in haste and lyu in passports.
    for reading in list(readings):
        for u in ("u", "yu"):
            readings.append(tuple(_without_v(syllable, u) for syllable in reading))
    return tuple(Reading(reading) for reading in dict.fromkeys(readings) if reading)


def _without_v(syllable: str, u: str) -> str:
    return syllable[0] + syllable[1:].replace("v", u) if syllable[:2] in {"lv", "nv"} else syllable


def fold(text: str) -> str:
    """How keys and queries are compared: NFKC, lower case; without spaces, dots, quotes and invisible characters."""
    text = unicodedata.normalize("NFKC", text).lower()
    if text.isalnum():
        return text
    return "".join(c for c in text if c not in _IGNORED and not c.isspace() and unicodedata.category(c)[0] != "C")


def pinyin_of(name: str) -> str:
    """What members are sorted by."""
    readings = read_aloud(name)
    return readings[0].pinyin[:_MAX_KEY] if readings else fold(name)[:_MAX_KEY]


def keys_of(name: str, alias: str | None, account: str, phone: str | None) -> dict[str, int]:
    """Every key of a person with its rank; a key that stands inside (a given name) ranks below all beginnings."""
    keys: dict[str, int] = {}
    _add_name(keys, name, NAME, PINYIN, INITIALS)
    if alias:
        _add_name(keys, alias, ALIAS, ALIAS, ALIAS)
    _add_account(keys, account)
    if phone:
        _add(keys, _OF_PHONE + phone[::-1], PHONE)
    return keys


def _add_name(keys: dict[str, int], name: str, as_written: int, as_pinyin: int, as_initials: int) -> None:
    words = name.split() if " " in name else list(fold(name))
    for start in range(min(len(words), _MAX_TAILS)):
        _add_part(keys, fold("".join(words[start:])), as_written, is_inside=start > 0)
    for reading in read_aloud(name):
        syllables = reading.syllables
        for start in range(min(len(syllables), _MAX_TAILS)):
            _add_part(keys, "".join(syllables[start:]), as_pinyin, is_inside=start > 0)
            initials = "".join(syllable[0] for syllable in syllables[start:])
            _add_part(keys, initials, as_initials, is_inside=start > 0)


def _add_account(keys: dict[str, int], account: str) -> None:
    _add(keys, _OF_ACCOUNT + fold(account), ACCOUNT)
    # LT000022 is also asked for as 000022 and as 22.
    digits = account[len(account.rstrip("0123456789")) :]
    if digits != account:
        for tail in {digits, digits.lstrip("0")} - {""}:
            _add(keys, _OF_ACCOUNT + tail, ACCOUNT + _INNER)


def _add_part(keys: dict[str, int], part: str, rank: int, *, is_inside: bool) -> None:
    if not part:
        return
    if not is_inside:
        _add(keys, part, rank)
    # A single letter inside a name would find everybody; a single character does not.
    elif len(part) > 1 or not part.isascii():
        _add(keys, _INSIDE + part, rank + _INNER)


def _add(keys: dict[str, int], key: str, rank: int) -> None:
    key = key[:_MAX_KEY]
    if key and keys.get(key, 99) > rank:
        keys[key] = rank


def ranges_of(query: str) -> list[tuple[str, str]]:
    """The key ranges [from, to) that a query asks for; none for a query of nothing but spaces and quotes."""
    folded = fold(query)[:_MAX_KEY]
    if not folded:
        return []
    starts = [folded]
    if len(folded) > 1 or not folded.isascii():
        starts += [_INSIDE + folded, _OF_ACCOUNT + folded]
    digits = "".join(c for c in folded if c not in "+-()")
    if len(digits) >= 2 and digits.isascii() and digits.isdigit():
        tail = digits.removeprefix("86") if len(digits) == 13 else digits
        starts.append(_OF_PHONE + tail[::-1])
    return [(start, _after(start)) for start in starts]


def _after(start: str) -> str:
    """The first text beyond all that begin with `start`, by code points, as the index compares."""
    last = ord(start[-1])
    if last == 0x10FFFF:
        return start + "\U0010ffff"
    following = 0xE000 if last == 0xD7FF else last + 1
    return start[:-1] + chr(following)
