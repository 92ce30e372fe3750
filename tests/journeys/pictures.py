"""Files as people choose them: made here, so that no test needs a folder of them."""

import io

from PIL import Image, ImageDraw
from playwright.async_api import FilePayload


def photo(name: str = "现场.jpg", width: int = 1600, height: int = 1000) -> FilePayload:
    picture = Image.new("RGB", (width, height), (46, 92, 140))
    ImageDraw.Draw(picture).ellipse((width // 4, height // 4, width // 2, height * 3 // 4), fill=(228, 160, 70))
    written = io.BytesIO()
    picture.save(written, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": written.getvalue()}


def paper(name: str = "试驾合同.pdf") -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n" + b"0" * 200_000}
