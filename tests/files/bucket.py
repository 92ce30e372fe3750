"""A bucket that speaks as much of S3 as the file store asks for, on a port of the loopback."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape, unescape


class Bucket(ThreadingHTTPServer):
    """`objects`: what is in it, by key. Addressed as /bucket/key."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}
        self.parts: dict[int, bytes] = {}

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def bucket() -> Iterator[Bucket]:
    server = Bucket()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Bucket
    protocol_version = "HTTP/1.1"

    @property
    def key(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix("/bucket").lstrip("/")

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.path).query, keep_blank_values=True)

    def answer(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("content-length", 0)))

    def do_PUT(self) -> None:
        if "partNumber" in self.query:
            self.server.parts[int(self.query["partNumber"][0])] = self.body()
        else:
            self.server.objects[self.key] = self.body()
        self.answer(200, headers={"etag": '"x"'})

    def do_POST(self) -> None:
        said = self.body().decode()
        if "delete" in self.query:
            keys = re.findall("<Key>(.*?)</Key>", said)
            for key in keys:
                self.server.objects.pop(unescape(key), None)
            reply = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
            reply = f"<DeleteResult>{reply}</DeleteResult>"
        elif "uploads" in self.query:
            reply = "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>"
        else:
            self.server.objects[self.key] = b"".join(body for _, body in sorted(self.server.parts.items()))
            self.server.parts.clear()
            reply = '<CompleteMultipartUploadResult><ETag>"x"</ETag></CompleteMultipartUploadResult>'
        self.answer(200, reply.encode())

    def do_GET(self) -> None:
        if "list-type" in self.query:
            self.list()
            return
        whole = self.server.objects.get(self.key)
        headers = {"etag": '"x"', "last-modified": "Tue, 24 Nov 2026 02:00:00 GMT"}
        if whole is None:
            self.answer(404)
        elif asked := self.headers.get("range"):
            first, last = asked.removeprefix("bytes=").split("-")
            piece = whole[int(first) : int(last) + 1]
            span = f"bytes {first}-{int(first) + len(piece) - 1}/{len(whole)}"
            self.answer(206, piece, headers | {"content-range": span})
        else:
            self.answer(200, whole, headers)

    do_HEAD = do_GET

    def list(self) -> None:
        prefix = self.query.get("prefix", [""])[0]
        found = "".join(
            f'<Contents><Key>{escape(key)}</Key><Size>{len(body)}</Size><ETag>"x"</ETag>'
            "<LastModified>2026-11-24T02:00:00.000Z</LastModified></Contents>"
            for key, body in self.server.objects.items()
            if key.startswith(prefix)
        )
        reply = f"<ListBucketResult><IsTruncated>false</IsTruncated>{found}</ListBucketResult>"
        self.answer(200, reply.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass
