"""The rule of each field: text as people and spreadsheets write it in, the kept value out, or a Faulty raised."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Literal

from hutong.core.lines import BLANKS
from hutong.directory.model import faults
from hutong.directory.model.errors import MAX_DEPARTMENTS, MAX_EMAIL, MAX_LEVELS, MAX_NAME

Gender = Literal["male", "female"]
# A department as the names from the top to itself; it is compared as a whole, never by its last name.
DepartmentPath = tuple[str, ...]

_HAN = "\u2e80-\u2fdf\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SPACE_IN_HAN = re.compile(f"(?<=[{_HAN}]) (?=[{_HAN}])")
_ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-@.]*")
_MAINLAND = re.compile(r"1[3-9]\d{9}")
_FOREIGN = re.compile(r"\+[1-9]\d{6,14}")
_PHONE_FILLING = re.compile(r"[\s\-().·‐-―－]+")
_FORMULA_TEXT = re.compile(r'="([^"]*)"')
_FLOAT = re.compile(r"(\d+)\.0+")
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]+@(?:[^\s@<>()\[\],;:\"\\./]+\.)+[^\s@<>()\[\],;:\"\\./]{2,}")
_MALE = frozenset(["男", "男性", "先生", "male", "m", "man", "1"])
_FEMALE = frozenset(["女", "女性", "女士", "female", "f", "woman", "2"])
_YES = frozenset(["是", "yes", "y", "true", "1", "1.0", "√", "✓", "✔", "对"])
_NO = frozenset(["", "否", "no", "n", "false", "0", "0.0", "×", "✗", "不是"])


def clean(text: str) -> str:
    """Trimmed, inner runs of any space made one; control, zero-width and text-direction characters taken out."""
    if not text.isascii():
        text = text.translate(BLANKS)
    if not text.isprintable():
        text = "".join(map(_visible, text))
    if "  " in text or text[:1] == " " or text[-1:] == " ":
        text = " ".join(text.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _visible(character: str) -> str:
    if character in "\t\n\r\x0b\x0c\x85":
        return " "
    category = unicodedata.category(character)
    if category in {"Zs", "Zl", "Zp"}:
        return " "
    return "" if category in {"Cc", "Cf", "Cs"} else character


def read_name(text: str) -> str:
    """A person's name. The space that pads a two-character Chinese name (林　晓) is no part of it."""
    name = clean(text)
    if not name:
        raise faults.NameMissing
    if len(name) > 2 and " " in name:
        name = _SPACE_IN_HAN.sub("", name)
    if len(name) > MAX_NAME:
        raise faults.NameTooLong
    return name


def read_account(text: str) -> str:
    """WeCom's userid: letters, digits and _-@. up to 64, beginning with a letter or digit."""
    account = clean(text)
    if not account.isascii():
        account = clean(unicodedata.normalize("NFKC", account))
    if not account:
        raise faults.AccountMissing
    if account[0] in "=+-@":
        raise faults.AccountIsFormula
    if len(account) > 64:
        raise faults.AccountTooLong
    if " " in account:
        raise faults.AccountHasSpaces
    if not _ACCOUNT.fullmatch(account):
        raise faults.AccountMalformed
    return account


def read_phone(text: str) -> str | None:
    """A mainland mobile number as its 11 digits; any other country's as + and digits; None when empty."""
    if len(text) == 11 and text.isascii() and _MAINLAND.fullmatch(text):
        return text
    phone = _PHONE_FILLING.sub("", unicodedata.normalize("NFKC", _number_text(clean(text))))
    if not phone:
        return None
    if phone.startswith("00"):
        phone = "+" + phone[2:]
    bare = phone.removeprefix("+")
    if not (bare.isascii() and bare.isdigit()):
        raise faults.PhoneMalformed
    if _MAINLAND.fullmatch(bare.removeprefix("86")) and (bare.startswith("86") or bare == phone):
        return bare.removeprefix("86")
    if len(bare) < 7 or (bare == phone and len(bare) < 11):
        raise faults.PhoneTooShort
    if phone.startswith("+86") or not _FOREIGN.fullmatch(phone):
        raise faults.PhoneMalformed
    return phone


def _number_text(text: str) -> str:
    """What a spreadsheet made of a number: `13800138000.0`, `1.3800138E+10`, `="138…"`, `'138…` read as first typed."""
    wrapped = _FORMULA_TEXT.fullmatch(text)
    text = (wrapped[1] if wrapped else text).strip().removeprefix("'")
    whole = _FLOAT.fullmatch(text)
    if whole:
        return whole[1]
    # `+1.5e10` never is a phone number, so "e" settles it.
    mantissa, e, exponent = text.lower().partition("e")
    if not e or not exponent.lstrip("+").isdecimal() or len(exponent) > 4:
        return text
    try:
        value = Decimal(f"{mantissa}e{exponent}")
    except InvalidOperation:
        return text
    digits = format(value, "f") if value.adjusted() < 20 else ""
    # Excel shows at most six digits of a mantissa (1.38001E+10) and has dropped the rest; R writes all that there are.
    if not digits.isdigit() or sum(character.isdigit() for character in mantissa) < min(8, len(digits)):
        raise faults.PhoneRounded
    return digits


def read_landline(text: str) -> str | None:
    """Free in form (area code, extension), so long as there is a number in it."""
    if not text:
        return None
    landline = _number_text(clean(text))
    if not landline:
        return None
    if len(landline) > MAX_NAME or not any(character.isdigit() for character in landline):
        raise faults.LandlineMalformed
    return landline


def read_email(text: str) -> str | None:
    if not text:
        return None
    email = clean(text)
    if not email:
        return None
    if len(email) > MAX_EMAIL or not _EMAIL.fullmatch(email):
        raise faults.EmailMalformed
    return email


def read_gender(text: str) -> Gender | None:
    """None for whatever says neither: an unknown gender is unset, not a fault."""
    word = text.strip().casefold()
    return "male" if word in _MALE else "female" if word in _FEMALE else None


def read_text(text: str, limit: int) -> str | None:
    if not text:
        return None
    value = clean(text)
    if len(value) > limit:
        raise faults.TextTooLong(limit=limit)
    return value or None


def read_departments(text: str) -> tuple[DepartmentPath, ...]:
    """`a/b/c;d/e`, also with `；`: the first is the main one; a path named twice counts once."""
    parts = [part for part in re.split("[;；\n]", text) if clean(part)]
    paths = tuple(dict.fromkeys(_read_path(part) for part in parts))
    if not paths:
        raise faults.DepartmentMissing
    if len(paths) > MAX_DEPARTMENTS:
        raise faults.TooManyDepartments
    return paths


def _read_path(text: str) -> DepartmentPath:
    path = tuple(clean(level) for level in text.split("/"))
    if not all(path):
        raise faults.DepartmentLevelEmpty
    if len(path) > MAX_LEVELS:
        raise faults.DepartmentTooDeep(levels=len(path))
    if max(map(len, path)) > MAX_NAME:
        raise faults.DepartmentNameTooLong
    return path


def read_heads(text: str, departments: tuple[DepartmentPath, ...]) -> tuple[DepartmentPath, ...]:
    """Which of the departments this person heads. One yes means the main one; `是;否;是` goes by their order."""
    words = [word.strip().casefold() for word in re.split("[;；\n]", text)] if text else [""]
    if any(word not in _YES and word not in _NO for word in words):
        raise faults.HeadUnclear
    if len(words) > max(1, len(departments)) and any(words[len(departments) :]):
        raise faults.HeadUnclear
    return tuple(path for path, word in zip(departments, words, strict=False) if word in _YES)
