"""Every route, walked by every wrong kind of caller. Whoever adds a route meets this file: guard it, or name it."""

import json
from typing import NamedTuple

import httpx
import msgspec
import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

from hutong.roles.serve import Network
from tests.people import Caller, Consumer, Member, new_client_id
from tests.security.scene import PNG, Scene, bodies, play

# Open on purpose: they tell nothing that is not for everybody who holds the link, or are how one comes to be known.
OPEN = {
    "GET /api/company",
    "POST /api/session",
    "GET /api/invitations/{token}",
    "POST /api/invitations/{token}",
    "GET /api/consumer/{way}",
    "POST /api/consumer/{way}/messages",
    "POST /api/consumer/{way}/pictures",
    "POST /api/consumer/{way}/voices",
    "GET /api/consumer/recovery/{secret}",
    "POST /api/consumer/recovery/{secret}",
}
# Pages and what they are made of: the same for everybody, and no data in them.
PAGES = {
    "GET /", "GET /at/{slug}", "GET /invite/{token}", "GET /chats", "GET /chats/{rest}", "GET /directory",
    "GET /directory/{rest}", "GET /customers", "GET /customers/{rest}", "GET /admin", "GET /admin/{rest}",
    "GET /settings", "GET /settings/{rest}", "GET /c/{way}", "GET /r/{secret}", "GET /assets/{name}",
    "GET /api/docs", "GET /api/docs/openapi.json", "GET /healthz", "GET /metrics", "GET /sw.js",
}  # fmt: skip

# The way in is their guard: they take a Visit, and need one by a customer who is known.
CONSUMER = {
    "GET /api/consumer/{way}/messages",
    "GET /api/consumer/{way}/changed-messages",
    "POST /api/consumer/{way}/messages/{seq}/recall",
    "PUT /api/consumer/{way}/messages/{seq}/reactions/{emoji}",
    "DELETE /api/consumer/{way}/messages/{seq}/reactions/{emoji}",
    "GET /api/consumer/{way}/bundles/{bundle_id}",
    "GET /api/consumer/{way}/cards/{person_id}",
    "GET /api/consumer/{way}/files/{file_id}",
    "GET /api/consumer/{way}/files/{file_id}/thumbnail",
    "PUT /api/consumer/{way}/read",
    "PUT /api/consumer/{way}/name",
    "POST /api/consumer/{way}/recovery-link",
    "POST /api/consumer/{way}/uploads",
    "HEAD /api/consumer/{way}/uploads/{upload_id}",
    "PATCH /api/consumer/{way}/uploads/{upload_id}",
    "DELETE /api/consumer/{way}/uploads/{upload_id}",
    "POST /api/consumer/{way}/uploads/{upload_id}/file",
}
# Walked by somebody signed in, these would end the walk.
ENDS_THE_SESSION = {"DELETE /api/session", "DELETE /api/sessions"}
STAFF, ADMIN = "signed_in_member", "admin_only"


class Route(NamedTuple):
    method: str
    path: str
    guards: frozenset[str]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> list[str]:
        return [part[1:-1] for part in self.path.split("/") if part.startswith("{")]

    def at(self, values: dict[str, str]) -> str:
        return self.path.format_map(values)


def all_routes(app: Litestar) -> list[Route]:
    found = []
    for route in app.routes:
        if not isinstance(route, HTTPRoute):
            continue
        for handler in route.route_handlers:
            guards = frozenset(guard.__name__ for guard in handler.resolve_guards())
            found += [
                Route(method, route.path_format, guards) for method in handler.http_methods if method != "OPTIONS"
            ]
    return sorted(found)


@pytest.fixture
def routes(app: Litestar) -> list[Route]:
    """The API; pages are the same for everybody."""
    return [route for route in all_routes(app) if str(route) not in PAGES]


@pytest.fixture
async def scene(lin: Member, zhao: Member, wu: Consumer) -> Scene:
    return await play(lin, zhao, wu)


async def ask(
    who: Caller, route: Route, values: dict[str, str], *, headers: dict[str, str] | None = None
) -> httpx.Response:
    body = bodies(values.get("person_id", "1")).get(str(route))
    return await who.request(route.method, route.at(values), body, headers=headers or {})


def refusal(answer: httpx.Response) -> tuple[int, str]:
    if answer.request.method == "HEAD":
        # Its answer has no body: the status must do.
        return (answer.status_code, {401: "not_signed_in", 403: "origin_refused"}.get(answer.status_code, ""))
    return (answer.status_code, answer.json()["code"] if answer.status_code >= 400 else "")


async def test_every_route_is_guarded_or_named_as_open(routes: list[Route]) -> None:
    open_now = {str(route) for route in routes if not route.guards}
    assert open_now == OPEN | CONSUMER
    assert {guard for route in routes for guard in route.guards} == {STAFF, ADMIN}


async def test_a_route_that_takes_a_body_is_tried_with_one(routes: list[Route]) -> None:
    bare = {
        "POST /api/members/{member_id}/invitation",
        "PUT /api/me/contact-way",
        "POST /api/consumer/{way}/recovery-link",
        "POST /api/consumer/recovery/{secret}",
        "PUT /api/conversations/{conversation_id}/deputies/{person_id}",
        "PUT /api/conversations/{conversation_id}/messages/{seq}/pin",
        "POST /api/conversations/{conversation_id}/messages/{seq}/recall",
        "PUT /api/conversations/{conversation_id}/messages/{seq}/reactions/{emoji}",
        "PUT /api/conversations/{conversation_id}/messages/{seq}/star",
        "PUT /api/conversations/{conversation_id}/messages/{seq}/heard",
        "POST /api/me/scheduled-messages/{scheduled_id}/send",
        "POST /api/conversations/{conversation_id}/messages/{seq}/nudge/confirmation",
        "POST /api/consumer/{way}/messages/{seq}/recall",
        "PUT /api/consumer/{way}/messages/{seq}/reactions/{emoji}",
        "POST /api/uploads",
        "POST /api/uploads/{upload_id}/file",
        "POST /api/consumer/{way}/uploads",
        "POST /api/consumer/{way}/uploads/{upload_id}/file",
    }
    taking = {str(route) for route in routes if route.method in {"POST", "PUT", "PATCH"}}
    assert taking == bare | bodies("1").keys()


async def test_nobody_reaches_nothing(nobody: Caller, routes: list[Route], scene: Scene) -> None:
    for route in routes:
        if str(route) not in OPEN:
            answer = await ask(nobody, route, scene.ids)
            assert refusal(answer) == (401, "not_signed_in"), route


async def test_a_made_up_cookie_is_nobody(base_url: str, routes: list[Route], scene: Scene) -> None:
    for token in ("x" * 43, "", "' or true --", "%00", "9" * 5000):
        async with Caller(base_url) as caller:
            caller.http.headers["cookie"] = f"hutong_session={token}; hutong_contact_lanting={token}"
            for route in routes:
                if str(route) not in OPEN:
                    answer = await ask(caller, route, scene.ids)
                    assert answer.status_code in {400, 401}, (route, token[:9])


async def test_a_customer_never_reaches_a_members_route(wu: Consumer, routes: list[Route], scene: Scene) -> None:
    """Neither with their own cookie, nor when they give it the name of a member's."""
    stolen = dict(wu.http.cookies)
    async with Caller(wu.base_url) as disguised:
        disguised.http.cookies.set("hutong_session", stolen["hutong_contact_lanting"])
        for route in routes:
            if route.guards & {STAFF, ADMIN}:
                assert refusal(await ask(wu, route, scene.ids)) == (401, "not_signed_in"), route
                assert refusal(await ask(disguised, route, scene.ids)) == (401, "not_signed_in"), route


async def test_a_member_is_no_customer(lin: Member, routes: list[Route], scene: Scene) -> None:
    async with Caller(lin.base_url) as disguised:
        disguised.http.cookies.set("hutong_contact_lanting", dict(lin.http.cookies)["hutong_session"])
        for route in routes:
            if str(route) in CONSUMER:
                assert refusal(await ask(lin, route, scene.ids)) == (401, "not_signed_in"), route
                assert refusal(await ask(disguised, route, scene.ids)) == (401, "not_signed_in"), route


async def test_only_administrators_administer(lin: Member, routes: list[Route], scene: Scene) -> None:
    walked = 0
    for route in routes:
        if ADMIN in route.guards:
            for values in (scene.ids, scene.absent):
                assert refusal(await ask(lin, route, values)) == (403, "forbidden"), route
            walked += 1
    assert walked >= 5


async def test_another_company_finds_nothing(sun: Member, routes: list[Route], scene: Scene) -> None:
    """Sun administers Hengda. What is Lanting's looks to Sun exactly like what is not there."""
    for route in routes:
        if not route.guards or str(route) in ENDS_THE_SESSION:
            continue
        real = await ask(sun, route, scene.ids)
        assert not [word for word in scene.secrets if word in real.text], route
        if not route.parameters:
            continue
        absent = await ask(sun, route, scene.absent)
        assert real.status_code == 404, (route, real.status_code, real.text)
        assert real.content == absent.content, route


async def test_another_companys_people_cannot_be_named(sun: Member, lin: Member, scene: Scene) -> None:
    absent_id = scene.absent["person_id"]
    for body in (
        {"kind": "direct", "person_id": "{id}"},
        {"kind": "group", "client_id": new_client_id(), "name": None, "person_ids": ["{id}"]},
    ):
        text = json.dumps(body)
        there = await sun.refused("POST", "/api/conversations", json.loads(text.replace("{id}", lin.id)))
        absent = await sun.refused("POST", "/api/conversations", json.loads(text.replace("{id}", absent_id)))
        assert there == absent
        assert there.status in {404, 422}
    assert (await sun.get("/api/people", ids=f"{lin.id},{scene.ids['contact_id']}"))["items"] == []


async def test_a_colleague_outside_a_talk_finds_nothing(chen: Member, routes: list[Route], scene: Scene) -> None:
    for route in routes:
        if not {"conversation_id", "channel_id", "contact_id"} & set(route.parameters):
            continue
        real, absent = await ask(chen, route, scene.ids), await ask(chen, route, scene.absent)
        assert real.status_code == 404, (route, real.status_code, real.text)
        assert real.content == absent.content, route


async def test_a_customer_sees_only_their_own_talk(wu: Consumer, qian: Consumer, lin: Member, scene: Scene) -> None:
    await qian.walk_in(scene.ids["way"], "我也想问问")
    picture = (await wu.send_picture(PNG))["file"]["id"]
    await wu.http.get(f"{wu.door}/files/{picture}")
    for file_id in (picture, scene.ids["file_id"], "7"):
        for tail in ("", "/thumbnail"):
            assert (await qian.refused("GET", f"{qian.door}/files/{file_id}{tail}")).status == 404
    assert (await wu.refused("GET", f"{wu.door}/files/{scene.ids['file_id']}")).status == 404
    assert await qian.texts() == ["我也想问问"]
    assert "想试驾" not in str(await qian.messages())


async def test_a_customer_of_one_company_is_nobody_at_another(
    wu: Consumer, sun: Member, routes: list[Route], scene: Scene
) -> None:
    way = await sun.way()
    token = dict(wu.http.cookies)["hutong_contact_lanting"]
    async with Consumer(wu.base_url) as caller:
        caller.http.cookies.set("hutong_contact_hengda", token)
        caller.http.cookies.set("hutong_contact_lanting", token)
        for route in routes:
            if str(route) in CONSUMER:
                answer = await ask(caller, route, scene.ids | {"way": way})
                assert refusal(answer) == (401, "not_signed_in"), route
        assert (await caller.open(way))["me"] is None


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "file://"])
async def test_no_other_site_acts_for_anybody(
    zhao: Member, wu: Consumer, routes: list[Route], scene: Scene, origin: str
) -> None:
    for route in routes:
        if route.method in {"GET", "HEAD"}:
            continue
        for caller in (zhao, wu):
            answer = await ask(caller, route, scene.ids, headers={"origin": origin})
            assert refusal(answer) == (403, "origin_refused"), (route, origin)


async def test_our_own_pages_may_act(lin: Member, scene: Scene) -> None:
    answer = await lin.request(
        "PUT",
        f"/api/conversations/{scene.ids['conversation_id']}/read",
        {"seq": 1},
        headers={"origin": lin.base_url},
    )
    assert answer.status_code == 204


async def test_the_wrong_method_is_said_to_be_wrong(lin: Member, routes: list[Route], scene: Scene) -> None:
    paths = {route.path: {other.method for other in routes if other.path == route.path} for route in routes}
    for path, methods in paths.items():
        wrong = next(method for method in ("DELETE", "PATCH", "PUT", "POST", "GET") if method not in methods)
        answer = await lin.request(wrong, path.format_map(scene.ids))
        assert answer.status_code in {404, 405}, (wrong, path)


async def test_figures_are_for_this_machine_or_for_who_has_the_token(nobody: Caller, network: Network) -> None:
    assert "hutong_connections" in (await nobody.request("GET", "/metrics")).text
    through_a_proxy = {"x-forwarded-for": "203.0.113.7"}
    assert (await nobody.refused("GET", "/metrics", headers=through_a_proxy)).status == 404
    network.app.state.settings = msgspec.structs.replace(network.settings, metrics_token="of-prometheus")
    assert (await nobody.refused("GET", "/metrics")).status == 404
    assert (await nobody.refused("GET", "/metrics", headers={"authorization": "Bearer guessed"})).status == 404
    shown = await nobody.request("GET", "/metrics", headers={"authorization": "Bearer of-prometheus"})
    assert shown.status_code == 200
