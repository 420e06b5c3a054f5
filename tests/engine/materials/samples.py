"""Files people send, good and hostile, all made here; and a pack whose paper may follow, be promised and used once."""

import io
import re
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
    """The files of the family pack; its photo may follow as `tolerable` says, be committed to, and is taken over.

    The same couple may apply again: its papers are what is looked at.
    """
    files = catalog.files_of(catalog.content_root(), "family")
    assert PHOTO in files[TOML]
    added = SUPPLEMENT + (f"\ntolerable = {tolerable}" if tolerable else "")
    english = files[ENGLISH] + f'\n"{SIGNED}" = "I declare that the photo is true."\n'
    again = re.sub(r"\[duplicates\]\n(.+\n)+", "", files[TOML])
    assert again != files[TOML]
    return {**files, TOML: again.replace(PHOTO, added), ENGLISH: english}


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


def chunk(name: bytes, data: bytes) -> bytes:
    """A piece of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(width: int = 65_000, height: int = 65_000) -> bytes:
    """A PNG of a few kilobytes that says it is four thousand million points."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
        + chunk(b"IEND", b"")
    )


def deep() -> bytes:
    """A picture with 65,536 shades of grey, of which a scan shows 256."""
    written = io.BytesIO()
    Image.new("I;16", (20, 20)).save(written, "PNG")
    return written.getvalue()


def text_bomb() -> bytes:
    """A PNG with a remark of half a gigabyte."""
    head = struct.pack(">IIBBBBB", 10, 10, 8, 2, 0, 0, 0)
    remark = b"k\0\0" + zlib.compress(b"a" * (1 << 29))
    points = chunk(b"IDAT", zlib.compress(b"\0" * 310))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"zTXt", remark) + points + chunk(b"IEND", b"")


def stream_bomb() -> bytes:
    """A PDF whose table of contents is half a gigabyte."""
    packed = zlib.compress(b"\0" * (1 << 29), 9)
    pages = b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"
    table = b"<</Type/XRef/Size 6/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length "
    before = b"%PDF-1.5\n" + pages
    written = before + b"5 0 obj\n" + table + str(len(packed)).encode() + b">>stream\n" + packed
    return written + b"\nendstream\nendobj\nstartxref\n" + str(len(before)).encode() + b"\n%%EOF"


def nested() -> bytes:
    """A PDF with a list in a list, a hundred thousand deep."""
    return (
        b"%PDF-1.4\n1 0 obj\n"
        + b"[" * 100_000
        + b"]" * 100_000
        + b"\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"
    )


def circle() -> bytes:
    """A PDF whose only page is the list of its pages."""
    first = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    second = b"2 0 obj<</Type/Pages/Count 1/Kids[2 0 R]>>endobj\n"
    head = b"%PDF-1.4\n"
    places = [len(head), len(head) + len(first)]
    table = b"xref\n0 3\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(head) + len(first) + len(second)
    return (
        head + first + second + table + b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n" + str(start).encode() + b"\n%%EOF"
    )
