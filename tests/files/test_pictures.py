"""What a picture keeps and what it loses on its way in."""

import io
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from hutong.files.gif import strip_gif
from hutong.files.pictures import Picture, read_picture
from tests.files import pictures
from tests.files.pictures import SECRET


def read(folder: Path, raw: bytes) -> Picture | None:
    source = folder / "source"
    source.write_bytes(raw)
    return read_picture(source, folder / "body", folder / "thumbnail")


def accepted(folder: Path, raw: bytes) -> tuple[Picture, bytes]:
    picture = read(folder, raw)
    assert picture is not None
    return picture, picture.body.read_bytes()


@pytest.mark.parametrize(
    ("media_type", "raw"),
    [
        ("image/jpeg", pictures.jpeg()),
        ("image/png", pictures.png()),
        ("image/png", pictures.png("P")),
        ("image/png", pictures.png("RGBA")),
        ("image/png", pictures.png("1")),
        ("image/webp", pictures.webp()),
        ("image/webp", pictures.webp(lossless=True)),
        ("image/gif", pictures.gif()),
        ("image/webp", pictures.animation("WEBP", exif=pictures.exif(), xmp=SECRET)),
        ("image/png", pictures.animation("PNG", exif=pictures.exif())),
    ],
)
def test_a_picture_stays_itself_and_loses_what_it_hides(tmp_path: Path, media_type: str, raw: bytes) -> None:
    assert SECRET in raw or b"eXIf" in raw
    picture, body = accepted(tmp_path, raw)
    assert picture.media_type == media_type
    assert SECRET not in body
    with Image.open(io.BytesIO(body)) as image, Image.open(io.BytesIO(raw)) as before:
        assert not image.getexif()
        assert "comment" not in image.info
        assert image.size == before.size == (picture.width, picture.height)
        assert getattr(image, "n_frames", 1) == getattr(before, "n_frames", 1)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photo_stands_upright_without_its_mark(tmp_path: Path, orientation: int) -> None:
    picture, body = accepted(tmp_path, pictures.jpeg(800, 600, orientation))
    assert (picture.width, picture.height) == ((800, 600) if orientation < 5 else (600, 800))
    with Image.open(io.BytesIO(body)) as image, Image.open(picture.thumbnail) as thumbnail:
        assert image.size == (picture.width, picture.height)
        assert (thumbnail.width < thumbnail.height) == (picture.width < picture.height)
        white = {1: (10, 10), 2: (10, 10), 3: (10, 590), 4: (10, 590), 5: (10, 10), 6: (590, 10), 7: (590, 10),
                 8: (10, 790)}[orientation]  # fmt: skip
        assert min(image.getpixel(white)) > 200  # type: ignore[arg-type]


def test_the_pixels_of_a_jpeg_hardly_change(tmp_path: Path) -> None:
    noisy = Image.effect_noise((300, 200), 60).convert("RGB")
    raw = pictures.encode(noisy, "JPEG", quality=90)
    _, body = accepted(tmp_path, raw)
    with Image.open(io.BytesIO(raw)) as before, Image.open(io.BytesIO(body)) as after:
        pairs = list(zip(before.tobytes(), after.tobytes(), strict=True))
    assert sum(abs(a - b) for a, b in pairs) / len(pairs) < 1


@pytest.mark.parametrize("raw", [pictures.png(), pictures.png("RGBA"), pictures.png("P"), pictures.webp(lossless=True)])
def test_lossless_pictures_keep_every_pixel(tmp_path: Path, raw: bytes) -> None:
    _, body = accepted(tmp_path, raw)
    with Image.open(io.BytesIO(raw)) as before, Image.open(io.BytesIO(body)) as after:
        assert before.convert("RGBA").tobytes() == after.convert("RGBA").tobytes()


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG"])
def test_an_animation_keeps_its_frames_and_their_times(tmp_path: Path, format: str) -> None:
    _, body = accepted(tmp_path, pictures.animation(format))
    with Image.open(io.BytesIO(body)) as image:
        times = []
        for frame in range(3):
            image.seek(frame)
            image.load()
            times.append(image.info["duration"])
        assert times == [100, 200, 300]
        assert image.info.get("loop") == 0


def test_a_colour_profile_stays(tmp_path: Path) -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for format_ in ("JPEG", "PNG", "WEBP"):
        picture, body = accepted(tmp_path, pictures.encode(pictures.drawing(), format_, icc_profile=profile))
        with Image.open(io.BytesIO(body)) as image, Image.open(picture.thumbnail) as thumbnail:
            assert image.info["icc_profile"] == profile
            assert thumbnail.info["icc_profile"] == profile


@pytest.mark.parametrize(
    ("size", "expected"), [((2000, 1000), (480, 240)), ((100, 50), (100, 50)), ((3000, 1), (480, 1)), ((1, 1), (1, 1))]
)
def test_a_thumbnail_is_at_most_480_pixels_and_never_larger(
    tmp_path: Path, size: tuple[int, int], expected: tuple[int, int]
) -> None:
    picture, _ = accepted(tmp_path, pictures.encode(pictures.drawing(*size), "PNG"))
    with Image.open(picture.thumbnail) as thumbnail:
        assert thumbnail.format == "WEBP"
        assert thumbnail.size == expected


def test_transparency_reaches_the_thumbnail(tmp_path: Path) -> None:
    picture, _ = accepted(tmp_path, pictures.encode(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG"))
    with Image.open(picture.thumbnail) as thumbnail:
        assert thumbnail.mode == "RGBA"


def test_print_colours_become_screen_colours(tmp_path: Path) -> None:
    _, body = accepted(tmp_path, pictures.encode(pictures.drawing(mode="CMYK"), "JPEG"))
    with Image.open(io.BytesIO(body)) as image:
        assert image.mode == "RGB"


def bomb(width: int, height: int) -> bytes:
    """A small PNG that claims, and holds, far too many pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)

    header = width.to_bytes(4) + height.to_bytes(4) + bytes([1, 0, 0, 0, 0])
    rows = zlib.compress(bytes((width // 8 + 1) * height), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "raw",
    [
        bomb(10_000, 6_000),
        bomb(60_000, 60_000)[:5000],
        b"",
        b"hello",
        b"\xff\xd8\xff\xe0",
        pictures.jpeg()[:3000],
        pictures.png()[:300],
        pictures.gif()[:60],
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a<script>alert(1)</script>",
        pictures.encode(pictures.drawing(), "BMP"),
        pictures.encode(pictures.drawing(), "TIFF"),
    ],
)
def test_what_is_no_picture_of_ours_is_none(tmp_path: Path, raw: bytes) -> None:
    assert read(tmp_path, raw) is None


def test_a_page_glued_to_a_picture_is_cut_off(tmp_path: Path) -> None:
    page = b"<html><script>alert(1)</script>"
    for raw in (pictures.gif(), pictures.jpeg(), pictures.png()):
        _, body = accepted(tmp_path, raw + page)
        assert page not in body


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow about damaged EXIF
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.binary(min_size=1, max_size=4), st.sampled_from(["gif", "jpeg", "png", "webp"]))
def test_a_damaged_picture_is_a_picture_or_none_but_never_an_error(
    tmp_path_factory: pytest.TempPathFactory, place: int, damage: bytes, kind: str
) -> None:
    raw = bytearray(getattr(pictures, kind)())
    at = place % len(raw)
    raw[at : at + len(damage)] = damage
    picture = read(tmp_path_factory.mktemp("damaged"), bytes(raw))
    if picture:
        with Image.open(picture.body) as image:
            image.load()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_stripping_a_gif_ends_on_any_bytes(rest: bytes) -> None:
    try:
        stripped = strip_gif(b"GIF89a" + rest)
    except (ValueError, IndexError):
        return
    assert strip_gif(stripped) == stripped
