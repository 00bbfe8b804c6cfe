"""Transcripts in, consent texts, QR codes; tables come and go as in every room."""

import io
from dataclasses import dataclass
from importlib.resources import files

import segno
import yaml

from alongside.adapters.files import read_transcript
from alongside.apps.base.bridge.tables import stored_path
from alongside.apps.base.rules import Refused
from alongside.science.disclosure import protect_count
from alongside.science.values.sources import FileRefused, Transcript


@dataclass(frozen=True)
class ConsentWording:
    """A consent text as it comes with Alongside."""

    key: str
    label: str
    version: int
    language: str
    body: str


def read_turns(stored_name: str, file_name: str) -> Transcript:
    """Return an uploaded transcript. Raise Refused, with place and cure, where it cannot be read."""
    try:
        return read_transcript(stored_path(stored_name), file_name)
    except FileRefused as refusal:
        raise Refused(str(refusal), field="file") from refusal


def draw_qr_code(address: str) -> str:
    """Return a QR code of an address as SVG, with no style or script in it."""
    file = io.BytesIO()
    segno.make(address, error="m").save(
        file, kind="svg", scale=8, border=2, xmldecl=False, svgclass=None, lineclass=None
    )
    return file.getvalue().decode()


def protect_number(count: int) -> str:
    """Return a count of people as a page outside the team may show it: small ones hidden, the rest rounded."""
    return protect_count(count).words


def list_consent_wordings() -> list[ConsentWording]:
    """Return the consent texts that come with Alongside, in every language they have."""
    folder = files("alongside.content") / "consent"
    index = yaml.safe_load((folder / "index.yaml").read_text("utf-8"))
    return [
        ConsentWording(
            key=entry["key"],
            label=entry["label"],
            version=entry["version"],
            language=language,
            body=(folder / f"{entry['key']}.v{entry['version']}.{language}.md").read_text("utf-8").strip(),
        )
        for entry in index
        for language in entry["languages"]
    ]
