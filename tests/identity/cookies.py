"""What a browser would read in the cookies that an answer sets."""

from http.cookies import Morsel, SimpleCookie

import httpx


def cookie_set(answer: httpx.Response, name: str) -> "Morsel[str]":
    """The cookie of that name with its attributes; the test fails when the answer sets none."""
    for line in answer.headers.get_list("set-cookie"):
        cookies = SimpleCookie(line)
        if name in cookies:
            return cookies[name]
    raise AssertionError(f"no cookie {name} in {answer.headers.get_list('set-cookie')}")
