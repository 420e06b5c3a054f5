"""Look at one file in a process of its own: `python -I examine.py PAGES PIXELS < file`. Nothing of ours is imported.

What a file is, its content says: extension and declared type count for nothing. Pictures are decoded and written
anew, which leaves behind whatever was no picture (EXIF, places, scripts, a second file behind the first). A PDF is kept
as it is, so one that could do anything but be read is refused. The answer is a line of JSON, and the picture after it.
Memory and time are bounded by the operating system, so that a bomb ends this process and no other.
"""

import io
import json
import resource
import sys
import warnings
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

MEMORY = 1024 * 1024 * 1024  # bytes of address space
SECONDS = 20  # of computing
MODES = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr"})  # others lose what they show
PICTURES = {"JPEG": "jpeg", "PNG": "png", "WEBP": "webp"}
ACTIVE = frozenset({"/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/EmbeddedFile", "/RichMedia", "/XFA", "/AA"})
Image.MAX_IMAGE_PIXELS = None  # ours is asked, before a point is decoded
DEEP = 200_000  # objects of a PDF looked at; a scan has some hundreds


class Refused(Exception):
    """The file cannot be taken; its text is the code of a sentence in `taking.py`."""


def main() -> None:
    """Examine standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    warnings.simplefilter("ignore")
    pages, pixels = int(sys.argv[1]), int(sys.argv[2])
    try:
        kind, count, content = examine(sys.stdin.buffer.read(), pages, pixels)
        told: dict[str, Any] = {"kind": kind, "pages": count}
    except Refused as refused:
        told, content = {"refused": str(refused)}, b""
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + content)


def examine(content: bytes, pages: int, pixels: int) -> tuple[str, int, bytes]:
    """Kind, number of pages, and what to keep. Raises `Refused`."""
    if not content:
        raise Refused("empty")
    if content.startswith(b"%PDF-"):
        return "pdf", _pdf(content, pages), content
    return _picture(content, pixels)


def _picture(content: bytes, pixels: int) -> tuple[str, int, bytes]:
    try:
        picture = Image.open(io.BytesIO(content), formats=tuple(PICTURES))
    except UnidentifiedImageError as unknown:
        raise Refused("unknown") from unknown
    except Exception as broken:
        raise Refused("broken") from broken
    if picture.width * picture.height > pixels:
        raise Refused("pixels")
    if picture.mode not in MODES:
        raise Refused("depth")
    if getattr(picture, "n_frames", 1) > 1:
        raise Refused("moving")
    try:
        upright = ImageOps.exif_transpose(picture)
        upright.load()
        return _anew(upright, "JPEG" if picture.format == "JPEG" else "PNG")
    except MemoryError as large:
        raise Refused("pixels") from large
    except Exception as broken:
        raise Refused("broken") from broken


def _anew(picture: Image.Image, form: str) -> tuple[str, int, bytes]:
    """The points of the picture and nothing else, in a form every browser shows."""
    plain = picture if picture.mode in ("L", "RGB") else picture.convert("RGBA" if _see_through(picture) else "RGB")
    bare = Image.new("RGB" if plain.mode == "RGBA" else plain.mode, plain.size, "white")
    bare.paste(plain, mask=plain if plain.mode == "RGBA" else None)  # what is behind nothing is paper
    written = io.BytesIO()
    bare.save(written, form, quality=90, compress_level=3)
    return PICTURES[form], 1, written.getvalue()


def _see_through(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info


def _pdf(content: bytes, limit: int) -> int:
    try:
        fault, count = _read(PdfReader(io.BytesIO(content), strict=False), limit)
    except MemoryError as large:
        raise Refused("heavy") from large
    except Exception as broken:
        raise Refused("broken") from broken
    if fault:
        raise Refused(fault)
    return count


def _read(reader: PdfReader, limit: int) -> tuple[str, int]:
    """What is wrong with a PDF (nothing: an empty text), and how many pages it has."""
    if reader.is_encrypted:
        return "encrypted", 0
    count = len(reader.pages)
    if count == 0 or count > limit:
        return ("pages" if count else "broken"), count
    return _active(reader), count


def _active(reader: PdfReader) -> str:
    """Whether anything in the file, however hidden, runs, opens or carries something else; or is too much to say."""
    todo: list[Any] = [reader.trailer]
    seen: set[tuple[int, int]] = set()
    looked = 0
    while todo:
        one = todo.pop()
        looked += 1
        if looked > DEEP:
            return "heavy"
        if isinstance(one, IndirectObject):
            if (one.idnum, one.generation) not in seen:
                seen.add((one.idnum, one.generation))
                todo.append(one.get_object())
        elif isinstance(one, DictionaryObject):
            if ACTIVE & one.keys() or one.get("/S") in ACTIVE or one.get("/Type") in ACTIVE:
                return "active"
            todo.extend(one.values())
        elif isinstance(one, ArrayObject):
            todo.extend(one)
    return ""


if __name__ == "__main__":
    main()
