"""What can be refused here, as facts. Faults of a roster's rows are the same kind of thing: code and two sentences."""

from hutong.core.errors import Conflict, Invalid

MAX_LEVELS = 20
MAX_NAME = 64
MAX_TEXT = 256
MAX_EMAIL = 254
MAX_DEPARTMENTS = 20
MAX_FILE_BYTES = 30 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 200


class RosterUnreadable(Invalid):
    """The file is no roster at all; subclasses say why, `details.reason` is their short name."""

    code = "roster_unreadable"
    reason = "unreadable"
    zh = "这个文件读不出花名册。请上传 CSV 或 Excel（.xlsx）文件。"
    en = "This file could not be read as a roster. Use a CSV or Excel (.xlsx) file."

    def __init__(self, **values: object) -> None:
        super().__init__(details={"reason": self.reason}, **values)


class RosterEmpty(RosterUnreadable):
    reason = "empty"
    zh = "文件是空的。"
    en = "The file is empty."


class RosterWithoutPeople(RosterUnreadable):
    reason = "no_people"
    zh = "文件只有表头，没有人员。请从表头下一行开始填写。"
    en = "The file has a heading but no people. Fill in the rows below the heading."


class RosterWithoutHeading(RosterUnreadable):
    reason = "no_heading"
    zh = "没有找到表头。前 20 行里要有一行包含：姓名、账号、部门。"
    en = "No heading was found. One of the first 20 rows must hold: name, account, department."


class RosterColumnsMissing(RosterUnreadable):
    reason = "columns_missing"
    zh = "表头缺少这些列：{columns_zh}。请补上后再试。"
    en = "The heading lacks these columns: {columns_en}. Add them and try again."


class RosterEncodingUnknown(RosterUnreadable):
    reason = "encoding_unknown"
    zh = "认不出文件的文字编码。请另存为 UTF-8 的 CSV，或 .xlsx。"
    en = "The text encoding of the file is unknown. Save it as CSV in UTF-8, or as .xlsx."


class RosterNotASpreadsheet(RosterUnreadable):
    reason = "not_a_spreadsheet"
    zh = "这不是表格文件，或文件已损坏。请用 Excel 打开后另存为 .xlsx 再试。"
    en = "This is no spreadsheet, or it is damaged. Open it in Excel, save it as .xlsx and try again."


class RosterLocked(RosterUnreadable):
    reason = "password_protected"
    zh = "表格设了打开密码。请去掉密码后再上传。"
    en = "The spreadsheet is protected by a password. Remove the password first."


class RosterQuoteOpen(RosterUnreadable):
    reason = "quote_not_closed"
    zh = "第 {row} 行的双引号没有闭合，之后的内容无法分行。请改正后再试。"
    en = "A quotation mark in row {row} is never closed, so what follows cannot be split into rows. Mend it."


class RosterCellTooLong(RosterUnreadable):
    reason = "cell_too_long"
    zh = "第 {row} 行附近有一格超过 13 万字，多半是双引号没有闭合。请改正后再试。"
    en = "A cell near row {row} is longer than 130,000 characters: probably a quotation mark is never closed."


class RosterTooManyRows(RosterUnreadable):
    reason = "too_many_rows"
    zh = "文件超过 20 万行。请删去下方的空行，或分成几个文件导入。"
    en = "The file has more than 200,000 rows. Delete empty rows at its end, or split it."


class RosterTooManyColumns(RosterUnreadable):
    reason = "too_many_columns"
    zh = "文件超过 200 列。请删去右侧的空列。"
    en = "The file has more than 200 columns. Delete empty columns on its right."


class RosterTooLarge(RosterUnreadable):
    status = 413
    code = "too_large"
    reason = "too_large"
    zh = "文件太大（上限 30 MB，展开后 256 MB）。请去掉图片和多余的工作表。"
    en = "The file is too large (30 MB at most, 256 MB unpacked). Remove pictures and other sheets."


class PlanChanged(Conflict):
    code = "plan_changed"
    zh = "预览之后，文件或通讯录有了变化。请重新预览，确认后再导入。"
    en = "The file or the directory changed since the preview. Preview it again, then import."


class RemovesMany(Conflict):
    code = "removes_many"
    zh = "这次导入会停用 {removed} 人（共 {of} 人）。确认无误后，请勾选“确认停用”再导入。"
    en = "This import would deactivate {removed} of {of} members. If that is right, confirm the removal."


class AccountTaken(Conflict):
    code = "account_taken"
    zh = "账号 {account} 已被使用，请换一个。"
    en = "The account {account} is in use. Choose another."


class PhoneTaken(Conflict):
    code = "phone_taken"
    zh = "手机号 {phone} 已属于账号 {account}。同一人请沿用原账号，否则请换一个号码。"
    en = "The phone {phone} belongs to the account {account}. Keep that account if it is the same person."
