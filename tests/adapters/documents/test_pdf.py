"""A PDF is looked at, not only made; and making it reaches nothing."""

import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from alongside.adapters.documents import DocumentRefused, make_pdf, pdf

TEAL = (14, 90, 95)
PAGE = (
    '<!doctype html><html lang="en"><head><title>A report</title></head><body><h1>Heard</h1>'
    '<svg width="200" height="200"><rect width="200" height="200" fill="#0e5a5f"/></svg></body></html>'
)


def count_pixels(data: bytes, folder: Path) -> tuple[int, int]:
    """Return how many pixels of the first page are teal, and how many are not white."""
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not here: install poppler-utils to look at PDFs")
    (folder / "page.pdf").write_bytes(data)
    subprocess.run(
        ["pdftoppm", "-r", "40", "-f", "1", "-l", "1", str(folder / "page.pdf"), str(folder / "page")],
        check=True,
    )
    picture = next(folder.glob("*.ppm")).read_bytes()
    pixels = picture.split(b"\n", 3)[3]
    found = [tuple(pixels[at : at + 3]) for at in range(0, len(pixels) - 2, 3)]
    teal = sum(all(abs(part - wanted) < 12 for part, wanted in zip(one, TEAL, strict=True)) for one in found)
    return teal, sum(one != (255, 255, 255) for one in found)


def test_a_page_becomes_a_pdf_with_its_colours(tmp_path: Path) -> None:
    teal, inked = count_pixels(make_pdf(PAGE), tmp_path)
    assert teal > 1000
    assert inked > teal


def test_a_stylesheet_is_heeded(tmp_path: Path) -> None:
    words = '<!doctype html><html lang="en"><head><title>x</title></head><body><p>Heard</p></body></html>'
    teal, _ = count_pixels(make_pdf(words, "html{background:#0e5a5f}"), tmp_path)
    assert teal > 10_000


def test_making_a_pdf_asks_no_host_and_no_file(tmp_path: Path) -> None:
    asked: list[str] = []

    class Ear(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Ear)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (tmp_path / "secret.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    address = f"http://127.0.0.1:{server.server_port}"
    page = PAGE.replace(
        "<h1>",
        f'<img alt="" src="{address}/a.png"><link rel="stylesheet" href="{address}/b.css">'
        f'<img alt="" src="file://{tmp_path}/secret.svg"><h1>',
    )
    assert make_pdf(page, f"body{{background:url({address}/c.png)}}").startswith(b"%PDF")
    server.shutdown()
    assert asked == []


def test_without_pango_the_reader_hears_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        subprocess, "run", lambda *a, **k: subprocess.CompletedProcess([], pdf.MISSING, b"", b"")
    )
    with pytest.raises(DocumentRefused, match="apt-get install libpango"):
        make_pdf(PAGE)


def test_a_page_that_takes_too_long_or_fails_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: subprocess.CompletedProcess([], 1, b"", b""))
    with pytest.raises(DocumentRefused, match="could not be made"):
        make_pdf(PAGE)

    def late(*_a: object, **_k: object) -> None:
        raise subprocess.TimeoutExpired("press", 90)

    monkeypatch.setattr(subprocess, "run", late)
    with pytest.raises(DocumentRefused, match="too long"):
        make_pdf(PAGE)
