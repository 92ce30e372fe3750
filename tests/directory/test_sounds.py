"""What the pages know of pinyin is what the server knows of it."""

from tools import publish_sounds


def test_the_pages_carry_the_table_that_is_made_today() -> None:
    assert publish_sounds.TYPESCRIPT.read_text() == publish_sounds.table(), "run tools/sounds"
