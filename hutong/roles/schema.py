"""The published OpenAPI: what Litestar derives, with our one error shape in place of its own."""

from typing import Any

from litestar import Controller, Request, Response, get
from litestar.datastructures import State

from hutong.roles.pages import apps_of

_ERROR = {
    "description": "Refused: a stable code and a sentence in the reader's language (Accept-Language)",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorBody"}}},
}
_ERROR_BODY = {
    "type": "object",
    "title": "ErrorBody",
    "required": ["code", "message"],
    "properties": {
        "code": {"type": "string"},
        "message": {"type": "string"},
        "details": {"oneOf": [{"type": "object", "additionalProperties": {}}, {"type": "null"}]},
    },
}


def publish(schema: dict[str, Any]) -> dict[str, Any]:
    """Every operation answers its success or the one error body; how to sign in is said once."""
    components = schema.setdefault("components", {})
    components.setdefault("schemas", {})["ErrorBody"] = _ERROR_BODY
    components["securitySchemes"] = {
        "member": {"type": "apiKey", "in": "cookie", "name": "hutong_session"},
    }
    for path in schema["paths"].values():
        for operation in path.values():
            if not isinstance(operation, dict):
                continue
            responses = operation["responses"]
            for status in [status for status in responses if status >= "400"]:
                del responses[status]
            for response in responses.values():
                # An answer that has only its headers is no JSON.
                if response.get("content", {}).get("application/json", {}).get("schema") == {"type": "null"}:
                    del response["content"]
            responses["default"] = _ERROR
    schema["paths"] = dict(sorted(schema["paths"].items()))
    components["schemas"] = dict(sorted(components["schemas"].items()))
    return schema


class Docs(Controller):
    """The published schema, and a page that reads it to people."""

    path = "/api/docs"
    include_in_schema = False

    @get("/", sync_to_thread=False)
    def get_page(self, request: Request[Any, Any, State], state: State) -> Response[bytes | None]:
        return apps_of(state).page(request, "docs/index.html")

    @get("/openapi.json", media_type="application/vnd.oai.openapi+json", sync_to_thread=False)
    def get_schema(self, request: Request[Any, Any, State]) -> dict[str, Any]:
        return publish(request.app.openapi_schema.to_schema())
