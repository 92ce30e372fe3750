"""The page that a message links to, and what it says of itself. Rules, without I/O."""

import re
from urllib.parse import urljoin, urlsplit

import msgspec
from msgspec import UNSET, UnsetType
from selectolax.lexbor import LexborHTMLParser

from hutong.core.lines import one_line

MAX_URL = 2000
MAX_TITLE, MAX_DESCRIPTION, MAX_SITE = 150, 300, 60

# As pages make links of texts: web/packages/ui/src/words.ts.
_ADDRESS = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+", re.IGNORECASE)
# What is code is shown as it is.
_CODE = re.compile(r"```.*?(?:```|$)|`[^`\n]+`", re.DOTALL)
_TRAILING = ".,;:!?'\"([*"
# What browsers know under the names that pages give; gb2312 and gbk are parts of gb18030.
_CHARSETS = re.compile(
    r"utf-?8|utf-16(le|be)?|gb2312|gbk|gb18030|big5|shift[_-]jis|euc-(jp|kr)|iso-8859-\d{1,2}|windows-125\d|koi8-[ru]|us-ascii"
)
_CHINESE = {"gb2312", "gbk"}
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{1,30})""", re.IGNORECASE)


class PreviewPicture(msgspec.Struct, frozen=True, kw_only=True):
    """Of the picture that the server fetched, made small and keeps: asked for at the message."""

    width: int
    height: int


class LinkPreview(msgspec.Struct, frozen=True, kw_only=True):
    """What the page says of itself. `host` is where one lands, whatever the page calls itself."""

    url: str
    host: str
    title: str
    description: str = ""
    site: str = ""
    picture: PreviewPicture | UnsetType = UNSET


class LinkedPage(msgspec.Struct, frozen=True, kw_only=True):
    preview: LinkPreview
    picture_url: str | None


def first_link(text: str) -> str | None:
    """The first address of the web in a text, without its place in the page; None where there is none, or it is too
    long to be kept."""
    found = _ADDRESS.search(_CODE.sub(" ", text))
    # Nothing as long as two of them ends in time to be one.
    if found is None or len(found[0]) > 2 * MAX_URL:
        return None
    url = _trimmed(found[0]).partition("#")[0]
    return url if len(url) <= MAX_URL else None


def _trimmed(address: str) -> str:
    """The full stop belongs to the sentence, a closing bracket to the address only where it was opened in it."""
    while address:
        last = address[-1]
        closes = {")": "(", "]": "["}.get(last)
        if last in _TRAILING or (closes is not None and address.count(last) > address.count(closes)):
            address = address[:-1]
        else:
            break
    return address


def read_page(body: bytes, content_type: str, *, url: str, landed: str) -> LinkedPage | None:
    """What a page says of itself; None where it does not even have a title. `landed`: where its redirects ended."""
    tree = LexborHTMLParser(_decode(body, content_type))
    said: dict[str, str] = {}
    for node in tree.css("meta"):
        name = node.attributes.get("property") or node.attributes.get("name") or ""
        said.setdefault(name.lower(), node.attributes.get("content") or "")
    heading = tree.css_first("title")
    title = _line(said.get("og:title") or said.get("twitter:title") or (heading.text() if heading else ""), MAX_TITLE)
    if not title:
        return None
    host = urlsplit(landed).hostname or ""
    preview = LinkPreview(
        url=url,
        host=host,
        title=title,
        description=_line(said.get("og:description") or said.get("description") or "", MAX_DESCRIPTION),
        site=_line(said.get("og:site_name") or "", MAX_SITE),
    )
    named = (said.get("og:image:secure_url") or said.get("og:image") or said.get("twitter:image") or "").strip()
    return LinkedPage(preview=preview, picture_url=_joined(landed, named) if named else None)


def _joined(base: str, named: str) -> str | None:
    try:
        return urljoin(base, named)
    except ValueError:
        return None


def _decode(body: bytes, content_type: str) -> str:
    named = re.search(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,30})", content_type, re.IGNORECASE)
    meta = _META_CHARSET.search(body[:4096])
    for charset in ((named[1] if named else "").lower(), (meta[1].decode() if meta else "").lower()):
        if _CHARSETS.fullmatch(charset):
            return body.decode("gb18030" if charset in _CHINESE else charset, "replace")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        # The beginning of a page may end within a character. Else it is an old page that does not say what it is.
        return body.decode("utf-8" if error.start > len(body) - 4 else "gb18030", "replace")


def _line(text: str, most: int) -> str:
    """What can be seen of it, in one line: nothing that turns the direction of writing or hides."""
    line = one_line(text[: 20 * most])
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
