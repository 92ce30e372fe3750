"""Pictures: recognised by decoding, written anew without what hides inside, with a thumbnail. Blocks: run in a thread.

Decoding proves that it is a picture; writing anew drops EXIF (place, camera), comments and whatever was glued on.
Colour profiles stay, animations too. A JPEG is written with its own quantization tables, so its pixels hardly change.
"""

import warnings
from pathlib import Path
from typing import Any

import msgspec
from PIL import Image, ImageOps, JpegImagePlugin

from hutong.files.gif import strip_gif
from hutong.files.model import MAX_ANIMATION_PIXELS, MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS, THUMBNAIL_PIXELS

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
# A camera's profile takes 0.5 to 4 KB; a printer's may take a megabyte, which no thumbnail should carry.
_MAX_THUMBNAIL_PROFILE = 8192

# Pillow's own guard; ours is stricter and comes right after the header is read.
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)


class Picture(msgspec.Struct, frozen=True):
    media_type: str
    width: int
    height: int
    body: Path
    thumbnail: Path


def read_picture(source: Path, body: Path, thumbnail: Path) -> Picture | None:
    """Writes `body` (the picture anew) and `thumbnail` (WebP); None when `source` is no picture that we show.

    None too for one that is broken, has too many pixels, or is too heavy: such a file is kept as it came, a download.
    """
    if source.stat().st_size > MAX_PICTURE_BYTES:
        return None
    try:
        with Image.open(source, formats=_FORMATS) as image:
            if not _is_affordable(image):
                return None
            media_type, upright = _write_anew(image, source, body)
            _write_thumbnail(upright, thumbnail)
            return Picture(media_type, upright.width, upright.height, body, thumbnail)
    # A hostile file can make a decoder raise nearly anything; whatever it is, this is no picture.
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, ArithmeticError, AttributeError):
        return None
    except (EOFError, MemoryError, RuntimeError, Image.DecompressionBombError):
        return None


def _is_affordable(image: Image.Image) -> bool:
    pixels = image.width * image.height
    frames = 1 if image.format in {"JPEG", "MPO"} else getattr(image, "n_frames", 1)
    return pixels <= MAX_PICTURE_PIXELS and pixels * frames <= max(MAX_ANIMATION_PIXELS, MAX_PICTURE_PIXELS)


def _write_anew(image: Image.Image, source: Path, body: Path) -> tuple[str, Image.Image]:
    """Writes `body`; gives its type and the (first) frame upright."""
    match image.format:
        case "JPEG" | "MPO":  # of a phone's several pictures in one file, the first
            upright = _write_jpeg(image, body)
            return "image/jpeg", upright
        case "PNG":
            return "image/png", _write_png(image, body)
        case "GIF":
            body.write_bytes(strip_gif(source.read_bytes()))
            with Image.open(body, formats=("GIF",)) as stripped:
                for frame in range(getattr(stripped, "n_frames", 1)):
                    stripped.seek(frame)
                    stripped.load()
            image.seek(0)
            return "image/gif", image.convert("RGBA")
        case _:
            return "image/webp", _write_webp(image, source, body)


def _upright(image: Image.Image) -> Image.Image:
    """A copy turned as EXIF says, with no more than pixels, palette and transparency to it."""
    turned = ImageOps.exif_transpose(image)
    turned.info = {name: value for name, value in turned.info.items() if name == "transparency"}
    return turned


def _write_jpeg(image: Image.Image, body: Path) -> Image.Image:
    options: dict[str, Any] = {"quality": 92}
    if image.mode in {"L", "RGB"} and isinstance(image, JpegImagePlugin.JpegImageFile):
        options = {"qtables": image.quantization, "subsampling": JpegImagePlugin.get_sampling(image)}
        options["subsampling"] = max(options["subsampling"], 0)
    progressive = bool(image.info.get("progressive"))
    profile = image.info.get("icc_profile")
    if image.mode not in {"L", "RGB"}:  # print colours, which browsers show each in its own way
        image, profile = image.convert("RGB"), None
    upright = _upright(image)
    upright.save(body, "JPEG", optimize=True, progressive=progressive, icc_profile=profile, **options)
    upright.info["icc_profile"] = profile
    return upright


def _write_png(image: Image.Image, body: Path) -> Image.Image:
    profile = image.info.get("icc_profile")
    if getattr(image, "n_frames", 1) > 1:
        # Without `pnginfo` and `exif` Pillow writes no text and no EXIF; frames keep their times.
        image.save(body, "PNG", save_all=True, icc_profile=profile)
        image.seek(0)
        upright = image.convert("RGBA")
    else:
        upright = _upright(image)
        upright.save(body, "PNG", icc_profile=profile)
    upright.info["icc_profile"] = profile
    return upright


def _write_webp(image: Image.Image, source: Path, body: Path) -> Image.Image:
    profile = image.info.get("icc_profile")
    with source.open("rb") as opened:
        is_lossless = b"VP8L" in opened.read(64)
    options: dict[str, Any] = {"lossless": is_lossless, "quality": 75 if is_lossless else 90, "icc_profile": profile}
    frames = getattr(image, "n_frames", 1)
    if frames > 1:
        durations = []
        for frame in range(frames):
            image.seek(frame)
            image.load()
            durations.append(image.info.get("duration", 100))
        image.seek(0)
        image.save(body, "WEBP", save_all=True, duration=durations, loop=image.info.get("loop", 0), method=2, **options)
        image.seek(0)
        upright = image.convert("RGBA")
    else:
        upright = _upright(image)
        upright.save(body, "WEBP", method=2, exact=True, **options)
    upright.info["icc_profile"] = profile
    return upright


def _write_thumbnail(upright: Image.Image, thumbnail: Path) -> None:
    profile = upright.info.get("icc_profile") or b""
    small = upright
    if small.mode not in {"RGB", "RGBA"}:
        small = small.convert("RGBA" if small.has_transparency_data else "RGB")
    small = small.resize(_thumbnail_size(small), Image.Resampling.LANCZOS, reducing_gap=3)
    small.info = {}
    small.save(
        thumbnail,
        "WEBP",
        quality=80,
        method=4,
        icc_profile=profile if len(profile) <= _MAX_THUMBNAIL_PROFILE and upright.mode != "L" else b"",
    )


def _thumbnail_size(image: Image.Image) -> tuple[int, int]:
    """Never larger than the picture; at least one pixel high, however long and thin it is."""
    scale = min(1, THUMBNAIL_PIXELS / max(image.size))
    return max(1, round(image.width * scale)), max(1, round(image.height * scale))
