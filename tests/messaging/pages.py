"""A web server of others, on the loopback: what messages link to."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from PIL import Image

Headers = dict[str, str]


def picture(width: int = 640, height: int = 360) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "JPEG", comment=b"hidden")
    return out.getvalue()


@dataclass
class Pages:
    """`at[path]` is what stands there: status, headers, body; None never answers. `asked` are the paths, in order."""

    url: str = ""
    at: dict[str, tuple[int, Headers, bytes] | None] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    heard: list[Headers] = field(default_factory=list)

    def put(self, path: str, body: str | bytes, *, status: int = 200, **headers: str) -> str:
        """Its address."""
        content_type = headers.pop("content_type", "text/html; charset=utf-8")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.at[path] = (
            status, {"content-type": content_type} | named, body.encode() if isinstance(body, str) else body,
        )  # fmt: skip
        return self.url + path

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                path = line.split()[1].decode()
                headers: Headers = {}
                while (text := (await reader.readline()).decode("latin-1").strip()) != "":
                    name, _, value = text.partition(":")
                    headers[name.lower()] = value.strip()
                self.asked.append(path)
                self.heard.append(headers)
                found = self.at.get(path, (404, {"content-type": "text/html"}, b"<title>404</title>"))
                if found is None:
                    await asyncio.sleep(60)
                    return
                status, said, body = found
                lines = [
                    f"HTTP/1.1 {status} x",
                    f"content-length: {len(body)}",
                    *(f"{k}: {v}" for k, v in said.items()),
                ]
                writer.write("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    @classmethod
    @asynccontextmanager
    async def served(cls) -> AsyncIterator["Pages"]:
        pages = cls()
        server = await asyncio.start_server(pages._answer, "127.0.0.1", 0)
        pages.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield pages
        server.close()
