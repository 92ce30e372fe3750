"""Which column is which: headings in Chinese or English, in any order, as WeCom's template and HR systems have them."""

import re
import unicodedata
from collections.abc import Sequence

import msgspec

# Field -> (heading in Chinese, heading in English); also the order in which columns are shown.
TITLES: dict[str, tuple[str, str]] = {
    "name": ("姓名", "Name"),
    "account": ("帐号", "Account"),
    "alias": ("别名", "Alias"),
    "title": ("职务", "Title"),
    "departments": ("部门", "Department"),
    "gender": ("性别", "Gender"),
    "phone": ("手机", "Phone"),
    "landline": ("座机", "Landline"),
    "personal_email": ("个人邮箱", "Personal email"),
    "work_email": ("企业邮箱", "Work email"),
    "address": ("地址", "Address"),
    "heads": ("是否部门负责人", "Head of department"),
}
REQUIRED = ("name", "account", "departments")

_WORDS: dict[str, str] = {
    "name": "姓名 名字 员工姓名 成员姓名 name fullname realname employeename membername staffname",
    "account": (
        "帐号 账号 帐户 账户 用户名 工号 员工编号 成员帐号 成员账号 account accountname userid username "
        "user login loginname employeeid employeenumber staffid id"
    ),
    "alias": "别名 昵称 英文名 alias nickname englishname",
    "title": "职务 职位 岗位 头衔 title jobtitle position job role",
    "departments": (
        "部门 所属部门 所在部门 部门路径 组织 department departments dept depts departmentpath orgpath "
        "organization organisation orgunit"
    ),
    "gender": "性别 gender sex",
    "phone": "手机 手机号 手机号码 移动电话 phone mobile mobilephone mobilenumber phonenumber cellphone cell",
    "landline": "座机 固话 固定电话 办公电话 电话 landline telephone tel officephone workphone deskphone",
    "personal_email": "个人邮箱 邮箱 电子邮箱 邮件 personalemail email mail emailaddress privateemail",
    "work_email": (
        "企业邮箱 工作邮箱 公司邮箱 workemail businessemail companyemail corporateemail bizmail officeemail"
    ),
    "address": "地址 办公地址 通讯地址 住址 address officeaddress location",
    "heads": (
        "是否部门负责人 部门负责人 是否负责人 是否为部门负责人 是否部门领导 headofdepartment departmenthead "
        "ishead head isdepartmenthead isleader isdepartmentleader departmentleader leader"
    ),
}
_FIELD_OF = {word: field for field, words in _WORDS.items() for word in words.split()}
_REMARK = re.compile(r"[(（\[【].*?[)）\]】]")
_NOT_WORD = re.compile(r"[\W_]+")


class Heading(msgspec.Struct, frozen=True):
    """The heading row: where each field stands, and its text as the file has it."""

    row: int
    width: int
    columns: dict[str, int]
    texts: dict[str, str]
    unknown: tuple[str, ...]
    repeated: tuple[str, ...]


def field_of(text: str) -> str | None:
    """The field a heading names: `手机号码(必填)`, `E-mail`, `Head of Department?`; None for one we do not know."""
    word = unicodedata.normalize("NFKC", text).casefold()
    for candidate in (word, _REMARK.sub("", word)):
        field = _FIELD_OF.get(_NOT_WORD.sub("", candidate))
        if field:
            return field
    return None


def read_heading(row: int, cells: Sequence[str]) -> Heading:
    columns: dict[str, int] = {}
    texts: dict[str, str] = {}
    unknown: list[str] = []
    repeated: list[str] = []
    for position, cell in enumerate(cells):
        text = " ".join(cell.replace("\ufeff", "").split())
        field = field_of(text)
        if field is None:
            if text:
                unknown.append(text)
        elif field in columns:
            repeated.append(text)
        else:
            columns[field] = position
            texts[field] = text
    width = max((position + 1 for position, cell in enumerate(cells) if cell.strip()), default=0)
    return Heading(row, width, columns, texts, tuple(unknown), tuple(repeated))


def count_known(cells: Sequence[str]) -> int:
    """How many required fields a row names: a row that names at least two of them is the heading."""
    fields = {field_of(cell) for cell in cells[:200] if len(cell) <= 64}
    return sum(field in fields for field in REQUIRED)
