"""Pictures made for the tests, with what a phone hides in them."""

import io
from typing import Any

from PIL import Image, ImageDraw, PngImagePlugin

GPS = 0x8825
SECRET = b"N30.2741 E120.1551"


def drawing(width: int = 800, height: int = 600, mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue, a white bar at the top: which way is up can be told."""
    image = Image.new("RGB", (width, height), "red")
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 2, 0, width, height), fill="blue")
    draw.rectangle((0, 0, width, height // 10), fill="white")
    return image.convert(mode)


def exif(orientation: int = 1) -> Image.Exif:
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x010F] = "SecretCam"
    found[0x9286] = SECRET
    found.get_ifd(GPS)[2] = (30.0, 16.0, 26.8)
    return found


def encode(image: Image.Image, format: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def jpeg(width: int = 800, height: int = 600, orientation: int = 1) -> bytes:
    return encode(drawing(width, height), "JPEG", quality=85, exif=exif(orientation), comment=SECRET) + SECRET


def png(mode: str = "RGB") -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", SECRET.decode())
    return encode(drawing(mode=mode), "PNG", pnginfo=text, exif=exif()) + SECRET


def webp(**options: Any) -> bytes:
    return encode(drawing(), "WEBP", exif=exif(), xmp=SECRET, **options)


def frames() -> list[Image.Image]:
    return [Image.new("RGB", (60, 40), colour) for colour in ("red", "green", "blue")]


def animation(format: str, **options: Any) -> bytes:
    first, *rest = frames()
    return encode(first, format, save_all=True, append_images=rest, duration=[100, 200, 300], loop=0, **options)


def gif() -> bytes:
    return animation("GIF", comment=SECRET) + SECRET
