"""Every way in which a value or a row of a roster can be wrong. The fields raise them, a roster collects them."""

import msgspec

from hutong.core.errors import HutongError, Invalid
from hutong.directory.model.errors import MAX_DEPARTMENTS, MAX_EMAIL, MAX_LEVELS, MAX_NAME

_SHOWN = 80


class Faulty(Invalid):
    """Base of all faults of a single value or row."""


class NameMissing(Faulty):
    code = "name_missing"
    zh = "没有姓名。"
    en = "The name is missing."


class NameTooLong(Faulty):
    code = "name_too_long"
    zh = f"姓名超过 {MAX_NAME} 个字符。"
    en = f"The name is longer than {MAX_NAME} characters."


class AccountMissing(Faulty):
    code = "account_missing"
    zh = "没有账号。"
    en = "The account is missing."


class AccountTooLong(Faulty):
    code = "account_too_long"
    zh = "账号超过 64 个字符。"
    en = "The account is longer than 64 characters."


class AccountHasSpaces(Faulty):
    code = "account_has_spaces"
    zh = "账号里不能有空格。"
    en = "An account cannot hold spaces."


class AccountIsFormula(Faulty):
    code = "account_is_formula"
    zh = "账号像表格公式，已拒绝。账号以字母或数字开头。"
    en = "The account looks like a spreadsheet formula and was refused. It begins with a letter or digit."


class AccountMalformed(Faulty):
    code = "account_malformed"
    zh = "账号只能用字母、数字和 _ - @ .，并以字母或数字开头。"
    en = "An account takes letters, digits and _ - @ . and begins with a letter or digit."


class AccountRepeated(Faulty):
    code = "account_repeated"
    zh = "账号与第 {row} 行重复。"
    en = "The account stands in row {row} already."


class PhoneTooShort(Faulty):
    code = "phone_too_short"
    zh = "手机号位数不够。"
    en = "The phone number is too short."


class PhoneMalformed(Faulty):
    code = "phone_malformed"
    zh = "手机号不对：应为 11 位大陆号码，境外号码以 + 和国家代码开头。"
    en = "The phone number is wrong: 11 digits for mainland China, other countries begin with + and the country code."


class PhoneRounded(Faulty):
    code = "phone_rounded"
    zh = "号码被表格写成了科学记数法，末几位已丢失。请把该列设为文本，重新填写。"
    en = "The spreadsheet wrote the number in scientific notation and lost digits. Format the column as text."


class PhoneRepeated(Faulty):
    code = "phone_repeated"
    zh = "手机号与第 {row} 行重复。"
    en = "The phone number stands in row {row} already."


class LandlineMalformed(Faulty):
    code = "landline_malformed"
    zh = "座机号不对：没有数字，或超过 64 个字符。"
    en = "The landline is wrong: no digits in it, or more than 64 characters."


class EmailMalformed(Faulty):
    code = "email_malformed"
    zh = f"邮箱地址不对，应如 name@example.com（不超过 {MAX_EMAIL} 个字符）。"
    en = f"This is no e-mail address; it should look like name@example.com (at most {MAX_EMAIL} characters)."


class TextTooLong(Faulty):
    code = "text_too_long"
    zh = "内容超过 {limit} 个字符。"
    en = "The text is longer than {limit} characters."


class DepartmentMissing(Faulty):
    code = "department_missing"
    zh = "没有部门。"
    en = "The department is missing."


class DepartmentLevelEmpty(Faulty):
    code = "department_level_empty"
    zh = "部门路径中有空的一级，请写成 a/b/c。"
    en = "The department's path has an empty level. Write it as a/b/c."


class DepartmentTooDeep(Faulty):
    code = "department_too_deep"
    zh = f"部门有 {{levels}} 级，最多 {MAX_LEVELS} 级。"
    en = f"The department is {{levels}} levels deep; {MAX_LEVELS} is the limit."


class DepartmentNameTooLong(Faulty):
    code = "department_name_too_long"
    zh = f"部门名称超过 {MAX_NAME} 个字符。"
    en = f"The name of a department is longer than {MAX_NAME} characters."


class TooManyDepartments(Faulty):
    code = "too_many_departments"
    zh = f"一个人最多属于 {MAX_DEPARTMENTS} 个部门。"
    en = f"A member belongs to {MAX_DEPARTMENTS} departments at most."


class HeadUnclear(Faulty):
    code = "head_unclear"
    zh = "“是否部门负责人”应填 是 或 否；多个部门按顺序以分号隔开。"
    en = "Head of department takes yes or no; for several departments in their order, split by semicolons."


class TooManyCells(Faulty):
    code = "too_many_cells"
    zh = "这一行比表头多出 {extra} 格，内容可能错位。含逗号的内容请加双引号。"
    en = "The row has {extra} cells more than the heading, so values may be shifted. Quote values that hold commas."


class RowCutShort(Faulty):
    code = "row_cut_short"
    zh = "这一行不完整，缺少：{columns_zh}。"
    en = "The row is cut short; it lacks: {columns_en}."


class TextUndecodable(Faulty):
    code = "text_undecodable"
    zh = "有无法识别的文字（编码损坏），请重新填写。"
    en = "Some characters are damaged and cannot be read. Enter the value again."


class FaultOut(msgspec.Struct, frozen=True, kw_only=True):
    """A fault as it is shown. `column` is the heading as the file has it; null when the row as a whole is meant."""

    row: int
    column: str | None
    code: str
    message: str
    value: str | None


class Fault(msgspec.Struct, frozen=True):
    """`row` counts as the spreadsheet does: from 1, the heading included."""

    row: int
    column: str | None
    error: HutongError
    value: str | None = None

    def out(self, language: str) -> FaultOut:
        return FaultOut(
            row=self.row,
            column=self.column,
            code=self.error.code,
            message=self.error.sentence(language),
            value=shown(self.value) if self.value is not None else None,
        )


def shown(value: str) -> str:
    """A cell's text fit for one line of a table: control characters made visible, at most 80 characters."""
    line = "".join(character if character.isprintable() else "·" for character in value[: _SHOWN + 1])
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
