"""What every answer carries, whoever asks: pages, API, errors, files."""

import re

from tests.people import Caller, Member

PAGES = ["/", "/at/lanting", "/chats", "/directory", "/customers", "/admin", "/settings", "/c/nobodyhere23", "/r/xyz"]
OTHERS = [
    "/healthz",
    "/api/company",
    "/api/me",
    "/api/nothing",
    "/nothing/at/all",
    "/api/docs",
    "/api/docs/openapi.json",
]


async def test_every_answer_is_armoured(nobody: Caller) -> None:
    for path in PAGES + OTHERS:
        answer = await nobody.request("GET", path)
        assert answer.status_code < 500, path
        headers = answer.headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] in {"same-origin", "no-referrer"}
        policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'self'"
        assert policy["script-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert policy["base-uri"] == "'none'"
        assert policy["form-action"] == "'self'"
        assert "unsafe-eval" not in headers["content-security-policy"]
        assert "server" not in headers or "/" not in headers["server"], "no version to look up weaknesses by"


async def test_pages_hold_no_inline_script_and_load_nothing_from_elsewhere(nobody: Caller) -> None:
    for path in [*PAGES, "/api/docs"]:
        answer = await nobody.request("GET", path)
        assert answer.status_code == 200, path
        assert answer.headers["content-type"].startswith("text/html")
        for attributes, content in re.findall(r"<script\b([^>]*)>(.*?)</script>", answer.text, re.DOTALL):
            assert "src=" in attributes, content[:80]
            assert not content.strip()
        assert not re.search(r"\son\w+\s*=", answer.text), "no handlers in attributes"
        for address in re.findall(r"""(?:src|href)=["']([^"']+)""", answer.text):
            assert address.startswith(("/", "data:", "#")), address
            assert not address.startswith("//"), address


async def test_answers_of_the_api_are_not_kept(lin: Member) -> None:
    for path in ("/api/me", "/api/sync", "/api/members?q=lin"):
        assert (await lin.request("GET", path)).headers["cache-control"] == "no-store"


async def test_a_sessions_cookie_is_out_of_reach_of_scripts_and_other_sites(lin: Member, nobody: Caller) -> None:
    from tests.cast import PASSWORD

    body = {"company": lin.company, "login": lin.account, "password": PASSWORD}
    answer = await nobody.request("POST", "/api/session", body)
    assert answer.status_code == 201
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("hutong_session=")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "domain=" not in cookie


async def test_no_other_site_may_read_answers(lin: Member) -> None:
    for method in ("GET", "OPTIONS"):
        answer = await lin.request(method, "/api/me", headers={"origin": "https://evil.example"})
        assert not [name for name in answer.headers if name.startswith("access-control-")]
