"""Every error has one stable code and a sentence in both languages that the same values fill."""

import pkgutil
import re
from importlib import import_module
from string import Formatter

import pytest

import hutong
from hutong.core.errors import HutongError

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def subclasses(kind: type[HutongError]) -> list[type[HutongError]]:
    return [kind, *(each for child in kind.__subclasses__() for each in subclasses(child))]


def all_errors() -> list[type[HutongError]]:
    for module in pkgutil.walk_packages(hutong.__path__, "hutong."):
        if not module.name.startswith("hutong.migrations") and not module.name.endswith("__main__"):
            import_module(module.name)
    return sorted({each for each in subclasses(HutongError) if each.__module__.startswith("hutong.")}, key=str)


ERRORS = all_errors()


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_an_error_says_its_fact_in_both_languages(error: type[HutongError]) -> None:
    # A subclass without a code of its own is the same fact, said more exactly; one without anything is a base.
    own = {"code", "zh", "en"} & vars(error).keys()
    assert own in (set(), {"zh", "en"}, {"code", "zh", "en"}), f"{error.__name__} would say half of its parent's fact"
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", error.code)
    assert 400 <= error.status < 600
    names = {re.sub(r"_(zh|en)$", "", name) for name in placeholders(error.zh) | placeholders(error.en)}
    for sentence, language in ((error.zh, "zh"), (error.en, "en")):
        # What differs by language is filled by a placeholder that says which.
        assert {re.sub(f"_{language}$", "", name) for name in placeholders(sentence)} == names
    words = re.sub(r"\{.*?\}", "", error.en)
    assert not CHINESE.search(words)
    if words.strip():
        assert re.match(r"[A-Z{]", error.en), "a sentence begins with a capital"
        assert CHINESE.search(error.zh)


def test_a_code_means_one_fact() -> None:
    """Errors that share a code say the same fact, one more exactly than the other: at least the status must agree."""
    statuses: dict[str, set[int]] = {}
    for error in ERRORS:
        statuses.setdefault(error.code, set()).add(error.status)
    assert not {code: both for code, both in statuses.items() if len(both) > 1}


def test_a_sentence_is_given_in_the_readers_language() -> None:
    error = next(each for each in ERRORS if each.code == "not_found")()
    assert CHINESE.search(error.sentence("zh-CN"))
    assert not CHINESE.search(error.sentence("en"))
