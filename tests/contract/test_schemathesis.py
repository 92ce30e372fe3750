"""The API keeps to its own description, whatever it is sent: no 500, no answer that the description does not know."""

import asyncio
import re
import unittest
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from litestar import Litestar
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hutong.roles.schema import publish
from tests.people import Caller, Consumer, Member
from tests.security.scene import Scene, play

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
# These would end the session of whoever walks.
LEFT_OUT = {"DELETE /api/session", "DELETE /api/sessions"}
# Nothing may shrink for minutes: what fails is shown as it was found, with the curl line that repeats it.
BOUNDED = settings(
    max_examples=8,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
async def scene(lin: Member, zhao: Member, wu: Consumer) -> Scene:
    return await play(lin, zhao, wu)


def operations(app: Litestar) -> Iterator[Any]:
    schema = schemathesis.openapi.from_dict(publish(app.openapi_schema.to_schema()))
    for result in schema.get_all_operations():
        assert isinstance(result, Ok), result
        yield result.ok()


def attack(
    app: Litestar, base_url: str, addresses: re.Pattern[str], cookies: dict[str, str], known: dict[str, str]
) -> list[str]:
    """Send the operations their share of cases, half of them to things that exist; what went wrong."""
    problems: list[str] = []
    for operation in operations(app):
        if operation.label in LEFT_OUT or not addresses.match(operation.path):
            continue
        try:
            attack_one(operation, base_url, cookies, known)
        except (Exception, BaseExceptionGroup) as failure:
            problems.append(f"{operation.label}\n{describe(failure)}")
    return problems


def attack_one(operation: Any, base_url: str, cookies: dict[str, str], known: dict[str, str]) -> None:
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}

    def send(case: Any, exists: bool) -> None:
        if exists and case.path_parameters:
            case.path_parameters = {name: known.get(name, value) for name, value in dict(case.path_parameters).items()}
        response = case.call(base_url=base_url, headers=headers)
        case.validate_response(response, checks=CHECKS)

    # What the description allows, then what it forbids (some operations take nothing that could be wrong).
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        cases = operation.as_strategy(generation_mode=mode)
        with suppress(Unsatisfiable, unittest.SkipTest):
            seed(20261124)(BOUNDED(given(case=cases, exists=st.booleans())(send)))()


def describe(failure: BaseException) -> str:
    if isinstance(failure, BaseExceptionGroup):
        return "\n".join(describe(each) for each in failure.exceptions)
    return str(failure)[:1500]


# Who walks where: what refuses everybody but others at once is walked in tests/security.
WALKS = {
    "nobody": re.compile(r"/api/(company|session$|invitations|consumer)|/healthz"),
    "wu": re.compile(r"/api/consumer"),
    "lin": re.compile(r"/api/(?!consumer)"),
    "zhao": re.compile(r"/api/(members|roster|departments|invitations)"),
}


@pytest.mark.parametrize("name", WALKS)
async def test_the_api_keeps_to_its_description(
    app: Litestar,
    base_url: str,
    nobody: Caller,
    lin: Member,
    zhao: Member,
    chen: Member,
    wu: Consumer,
    scene: Scene,
    name: str,
) -> None:
    who: dict[str, Caller] = {"nobody": nobody, "wu": wu, "lin": lin, "zhao": zhao}
    # Chen is the one who may come to harm: the callers must stay signed in.
    invitation = (await zhao.post(f"/api/members/{chen.id}/invitation"))["url"].rpartition("/")[2]
    known = scene.ids | {"member_id": chen.id, "person_id": chen.id, "token": invitation}
    cookies = dict(who[name].http.cookies)
    problems = await asyncio.to_thread(attack, app, base_url, WALKS[name], cookies, known)
    assert not problems, "\n\n".join(problems)
    if who[name] in (lin, zhao):
        await who[name].get("/api/me")  # signed in to the end, or most of the walk proved nothing
