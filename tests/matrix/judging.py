"""What is wrong with how an address answers a reader, in sentences."""

from collections.abc import Iterator

from alongside.apps.base.rules.viewer import INVITED_ROLES
from alongside.apps.people.rules import PERMISSIONS
from tests.matrix.asking import Asker, classify, make_alike, read_text, undone, watched
from tests.matrix.language import OPEN, PUBLIC, Row
from tests.matrix.rooms import ROWS
from tests.matrix.world import MARKED, OTHERS_WORDS

# These are asked for everything; for the others, what is answered like their own is asked once.
THOROUGH = ("engagement_lead", "patient_partner", "safety_officer", PUBLIC)
METHODS_OF: dict[str, set[str]] = {}
for _row in ROWS:
    METHODS_OF.setdefault(_row.name, set()).update(_row.methods)


def ask_to_read(asker: Asker, row: Row) -> Iterator[str]:
    """Yield what is wrong with how an address is read: its answer, its writing, words that are not for this reader."""
    if "GET" not in row.methods and "GET" in METHODS_OF[row.name]:
        return
    alike: dict[str, str] = {}
    for side in choose_sides(asker.reader, row, "GET"):
        address = asker.find(row, side)
        with watched() as written:
            answer = asker.get(address)
            text = read_text(answer)
        wanted = row.expect(asker.reader, side, "GET")
        found = classify(answer, text, row, wanted)
        alike[side] = make_alike(answer, text)
        if found != wanted:
            yield f"GET {row.name} {dict(row.values)}, {side}: {found} ({answer.status_code}), not {wanted}"
        if written and not row.is_tried:
            yield f"GET {row.name}, {side}: writes {written[0]}"
        if not (row.kind.is_secret and side == "another's"):
            yield from (f"GET {row.name}, {side}: shows {word}" for word in find_marked(asker.reader, text))
    yield from compare(asker, row, alike, "GET")


def ask_to_send(asker: Asker, row: Row) -> Iterator[str]:
    """Yield what is wrong with how an address is sent to."""
    if "POST" not in row.methods and "POST" in METHODS_OF[row.name]:
        return
    alike: dict[str, str] = {}
    for side in choose_sides(asker.reader, row, "POST") if "POST" in row.methods else row.sides[:1]:
        address = asker.find(row, side)
        with undone(), watched() as written:
            answer = asker.post(address, row.post)
            text = read_text(answer)
        wanted = row.expect(asker.reader, side, "POST")
        found = classify(answer, text, row, wanted)
        alike[side] = make_alike(answer, text)
        if "POST" not in row.methods:
            if written:
                yield f"POST {row.name}: only to be read, but writes {written[0]}"
            continue
        if found != wanted:
            yield f"POST {row.name} {dict(row.values)}, {side}: {found} ({answer.status_code}), not {wanted}"
        if wanted != OPEN and written:
            yield f"POST {row.name}, {side}: {found}, but writes {written[0]}"
    yield from compare(asker, row, alike, "POST")


def choose_sides(reader: str, row: Row, method: str) -> tuple[str, ...]:
    """Return the sides to ask for: another's only once where it is answered like one's own for most roles."""
    same = len(row.sides) > 1 and row.expect(reader, "own", method) == row.expect(reader, "another's", method)
    return ("own", "nobody's") if same and reader not in THOROUGH else row.sides


def compare(asker: Asker, row: Row, alike: dict[str, str], method: str) -> Iterator[str]:
    """Yield a sentence where somebody could tell another's thing from one that does not exist."""
    if len(alike) < 2:
        return
    hidden = "another's" in alike and row.expect(asker.reader, "another's", method) != OPEN
    if hidden and alike["another's"] != alike["nobody's"]:
        yield f"{method} {row.name}: another's can be told from nobody's"
    if row.expect(asker.reader, "own", method) == OPEN and alike["own"] == alike["nobody's"]:
        yield f"{method} {row.name} {dict(row.values)}: their own is answered as if it did not exist"


def find_marked(reader: str, text: str) -> list[str]:
    """Return marked words in a text that this reader may not see."""
    hidden = [word for word, right in MARKED.items() if reader == PUBLIC or reader not in PERMISSIONS[right]]
    if reader in INVITED_ROLES or reader == PUBLIC:
        hidden.append(OTHERS_WORDS)
    return [word for word in hidden if word in text]
