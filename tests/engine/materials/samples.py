"""Files people send, good and hostile, all made here; and a pack whose paper may follow, be promised and used once."""

import io
import struct
import zlib

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from engine import catalog

TOML, ENGLISH = "workflows/family/pack.toml", "workflows/family/en.toml"
SIGNED = "本人承诺照片属实。"
PHOTO = 'code = "photo"\nname = "双方近期半身免冠合影照片"\nitems = ["marriage"]\nwhen = "=true"\nstates = ["original"]'
SUPPLEMENT = "\n".join(
    (
        PHOTO.replace('"original"]', '"original", "copy", "commitment"]'),
        'kind = "photo_of_two"',
        'trust = "B"',
        'holder = "groom.id_number"',
        "reusable_days = 30",
        'unique = ["groom.id_number"]',
        f'commitment = {{ text = "{SIGNED}", proxy = \'=groom.name = "代办人"\' }}',
    )
)


def family(tolerable: str = "") -> dict[str, str]:
    """The files of the family pack; its photo may follow as `tolerable` says, be committed to, and is taken over."""
    files = catalog.files_of(catalog.content_root(), "family")
    assert PHOTO in files[TOML]
    added = SUPPLEMENT + (f"\ntolerable = {tolerable}" if tolerable else "")
    english = files[ENGLISH] + f'\n"{SIGNED}" = "I declare that the photo is true."\n'
    return {**files, TOML: files[TOML].replace(PHOTO, added), ENGLISH: english}


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **more: object) -> bytes:
    """A small picture."""
    written = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(written, kind, **more)
    return written.getvalue()


def with_exif() -> bytes:
    """A photo that says where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = "taken at Fushan 1"
    exif[0x0112] = 6
    return picture(exif=exif)


def pdf(pages: int = 1, *, password: str = "", active: str = "") -> bytes:
    """A PDF of empty pages; locked, or with something that runs or is carried."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    if active == "javascript":
        runs = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('x')")}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(runs)
    if active == "embedded":
        writer.add_attachment("a.exe", b"MZ")
    if active == "launch":
        opens = {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("calc.exe")}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(opens)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def bomb(width: int = 65_000, height: int = 65_000) -> bytes:
    """A PNG of a few kilobytes that says it is four thousand million points."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
        + chunk(b"IEND", b"")
    )
