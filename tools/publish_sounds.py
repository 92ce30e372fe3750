"""How each common Chinese character is read, written down from pypinyin for the pages.

What a person has on their screen (their chats, what they call their customers) is found by pinyin without asking the
server. tools/sounds writes the table; with --check it ends with 1 when what is written differs.
"""

import sys
import textwrap

from pypinyin import Style, pinyin

from hutong.directory.model.finding import fold
from tools.node import WEB

TYPESCRIPT = WEB / "packages" / "i18n" / "src" / "generated" / "sounds.ts"

# What people of the mainland, Hong Kong and Taiwan write daily: GB 2312 and the first level of Big5.
_GB2312 = (range(0xB0, 0xF8), range(0xA1, 0xFF), "gb2312")
_BIG5 = (range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)], "big5")
# Beyond both, and yet in names of people.
_OF_NAMES = "喆堃珺玥烜昇彧婳姝炘奕禛玙珮翀赟昉旻晞煊琬瑄甯祎翊芃茜菡铄骁槿懿"


def table() -> str:
    sounds: dict[str, list[str]] = {}
    for character in sorted(_characters()):
        readings = pinyin(character, heteronym=True, style=Style.NORMAL)[0]
        for reading in dict.fromkeys(fold(it) for it in readings):
            sounds.setdefault(reading, []).append(character)
    words = " ".join(reading + "".join(characters) for reading, characters in sorted(sounds.items()))
    lines = textwrap.wrap(words, 160, break_long_words=False)
    head = "/** Written by tools/sounds. A syllable, and the characters that may be read so. */"
    return "\n".join([head, "export default `", *lines, "`;\n"])


def _characters() -> set[str]:
    found = set(_OF_NAMES)
    for rows, cells, encoding in (_GB2312, _BIG5):
        for row in rows:
            for cell in cells:
                character = bytes((row, cell)).decode(encoding, "ignore")
                if "\u4e00" <= character <= "\u9fff":
                    found.add(character)
    return found


def main() -> int:
    wanted = table()
    if "--check" in sys.argv[1:]:
        return int(TYPESCRIPT.read_text() != wanted)
    TYPESCRIPT.parent.mkdir(exist_ok=True)
    TYPESCRIPT.write_text(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
