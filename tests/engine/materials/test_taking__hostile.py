"""What somebody uploads is what its content says, or it is refused with a sentence; nothing it brings runs or stays."""

import io

import pytest
from PIL import Image

from engine.errors import FileGone, FilesOff
from engine.materials import take_in
from engine.materials.taking import REFUSALS
from engine.vault import Vault
from tests.engine.materials import samples


@pytest.fixture
def vault(tmp_path):
    """A vault with small limits."""
    return Vault(tmp_path / "files", "geheim", megabytes=1, pages=3)


def taken(vault, name, content):
    """The one file that was taken, or the code of why not."""
    files, refused = take_in(vault, [(name, content)])
    if refused:
        assert refused[0].label == name
        return next(code for code, message in REFUSALS.items() if message == refused[0].message)
    return files[0]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("name", ["scan.exe", "a.pdf", "无", "../../etc/passwd"])
def test_a_picture_is_one_whatever_it_is_called(vault, kind, name):
    """The content decides; the name is kept to be shown and names nothing of ours."""
    found = taken(vault, name, samples.picture(kind))
    assert (found.kind, found.pages, found.name) == ("jpeg" if kind == "JPEG" else "png", 1, name)
    assert Image.open(io.BytesIO(vault.read(found.hash))).size == (60, 40)
    assert {path.name for path in vault.folder.glob("*/*")} == {found.hash}


def test_where_a_photo_was_taken_is_not_kept(vault):
    """Of a picture its points are kept, turned upright; what else it said about itself is gone."""
    sent = samples.with_exif()
    assert b"Fushan" in sent
    kept = vault.read(taken(vault, "p.jpg", sent).hash)
    assert b"Fushan" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()
    assert Image.open(io.BytesIO(kept)).size == (40, 60)


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"PK\x03\x04", b"\nMZ\x90"])
def test_what_hides_behind_a_picture_is_gone(vault, tail):
    """A picture that is a second file as well is only a picture afterwards."""
    assert tail not in vault.read(taken(vault, "p.png", samples.picture("PNG") + tail).hash)


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("empty", b""),
        ("unknown", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("unknown", b"<html><script>alert(1)</script></html>"),
        ("unknown", b"MZ\x90\x00" + bytes(100)),
        ("unknown", b"PK\x03\x04" + bytes(100)),
        ("unknown", b" %PDF-1.7 late"),
        ("unknown", samples.picture("GIF")),
        ("unknown", samples.picture("TIFF")),
        ("unknown", bytes(2000)),
        ("broken", samples.picture("JPEG")[:300]),
        ("broken", samples.picture("PNG", (600, 400))[:100]),
        ("broken", b"%PDF-1.7\n" + bytes(500)),
        ("broken", samples.pdf()[:200]),
        ("encrypted", samples.pdf(password="x")),
        ("active", samples.pdf(active="javascript")),
        ("active", samples.pdf(active="embedded")),
        ("active", samples.pdf(active="launch")),
        ("pages", samples.pdf(4)),
        ("pixels", samples.bomb()),
        ("depth", samples.deep()),
        ("large", bytes(1024 * 1024 + 1)),
    ],
)
def test_what_cannot_be_kept_is_refused(vault, code, content):
    """Each has its sentence, and nothing of it is kept."""
    assert taken(vault, "x.pdf", content) == code
    assert list(vault.names()) == []


def test_a_moving_picture_is_refused(vault):
    """What shows something else a second later is no scan."""
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, "PNG", save_all=True, append_images=frames[1:])
    assert taken(vault, "x.png", written.getvalue()) == "moving"


def test_what_can_be_seen_through_lies_on_paper(vault):
    """What a picture hides under full transparency is not brought out, and nothing turns black."""
    hidden = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    hidden.paste((255, 0, 0, 255), (0, 0, 5, 5))
    written = io.BytesIO()
    hidden.save(written, "PNG")
    shown = Image.open(io.BytesIO(vault.read(taken(vault, "x", written.getvalue()).hash)))
    assert (shown.getpixel((1, 1)), shown.getpixel((15, 15))) == ((255, 0, 0), (255, 255, 255))


@pytest.mark.parametrize("make", [samples.text_bomb, samples.stream_bomb, samples.nested, samples.circle])
def test_a_bomb_ends_no_process_but_its_own(vault, make):
    """A small file that becomes a gigabyte, or never ends, is refused; the installation does not notice."""
    assert taken(vault, "bomb", make()) in ("broken", "heavy", "unknown")
    assert list(vault.names()) == []


def test_a_pdf_is_kept_as_it_is(vault):
    """A signature inside it stays valid; its pages are counted."""
    sent = samples.pdf(3)
    found = taken(vault, "x", sent)
    assert (found.kind, found.pages, vault.read(found.hash)) == ("pdf", 3, sent)


def test_one_bad_file_does_not_keep_the_others_out(vault):
    """What can be kept is, in the order it was sent."""
    sent = [("a", samples.picture()), ("b", b"nothing"), ("c", samples.pdf())]
    files, refused = take_in(vault, sent)
    assert ([f.name for f in files], [f.label for f in refused]) == (["a", "c"], ["b"])


@pytest.mark.parametrize("name", ["a\x00b", "\u202egpj.exe", "<img src=x>", "x" * 500, ""])
def test_a_name_is_one_line_that_can_be_shown(vault, name):
    """Control characters and marks of direction are replaced, long names cut; markup stays text."""
    kept = (
        taken(vault, name, samples.picture()).name if name else take_in(vault, [(name, samples.picture())])[0][0].name
    )
    assert kept.isprintable()
    assert 0 < len(kept) <= 200


def test_the_same_content_is_kept_once(vault):
    """Two scans with the same content are one file."""
    first, second = taken(vault, "a", samples.pdf()), taken(vault, "b", samples.pdf())
    assert first.hash == second.hash
    assert list(vault.names()) == [first.hash]


def test_a_changed_or_missing_file_is_never_shown(vault):
    """What is not what was put there is refused, and so is a name that is none."""
    name = vault.put(b"one")
    vault.path(name).write_bytes(b"two")
    for wrong in (name, "0" * 64, "../../secret", "A" * 64):
        with pytest.raises(FileGone):
            vault.read(wrong)
    with pytest.raises(FilesOff):
        Vault().put(b"x")


def test_a_blind_name_needs_the_secret():
    """Equal words have equal names, of one installation; where a word ends counts."""
    one, other = Vault(secret="a"), Vault(secret="b")
    assert one.blind("person", "1") == one.blind("person", "1") != other.blind("person", "1")
    assert one.blind("ab", "c") != one.blind("a", "bc")
