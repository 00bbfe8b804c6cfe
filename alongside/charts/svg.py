"""Small pieces of SVG: escaped text, presentation attributes (a PDF ignores classes), a title and a description."""

from html import escape

INK = "#1f2a2c"
SOFT = "#5b6b6e"
TEAL = "#0f5257"
PALE = "#dfe9e7"
ACCENT = "#c8553d"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
CHARACTER_WIDTH = 0.56  # of the font size, on average


def picture(key: str, width: float, height: float, title: str, description: str, body: str) -> str:
    """Return a whole picture that a screen reader names by its title and description. `key` is unique on a page."""
    name = escape(key, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}" width="100%" '
        f'role="img" aria-labelledby="{name}-title {name}-description" font-family="{escape(FONT, quote=True)}">'
        f'<title id="{name}-title">{clean(title)}</title>'
        f'<desc id="{name}-description">{clean(description)}</desc>{body}</svg>'
    )


def rectangle(x: float, y: float, width: float, height: float, fill: str, *, round_: float = 0) -> str:
    """Return a filled rectangle."""
    corner = f' rx="{number(round_)}"' if round_ else ""
    place = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    return f'<rect {place}{corner} fill="{fill}"/>'


def words(
    x: float, y: float, text: str, *, size: float, fill: str = INK, bold: bool = False, end: bool = False
) -> str:
    """Return one line of text from its left end, or to its right end."""
    weight = ' font-weight="600"' if bold else ""
    anchor = ' text-anchor="end"' if end else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" fill="{fill}"{weight}{anchor}>'
        f"{clean(text)}</text>"
    )


def clean(text: str) -> str:
    """Return text for XML: escaped, without characters XML does not have."""
    return escape("".join(character for character in text if character.isprintable()), quote=False)


def fit(text: str, width: float, size: float) -> str:
    """Return text cut, at a letter and with an ellipsis, to about this width."""
    longest = max(int(width / (size * CHARACTER_WIDTH)), 2)
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip(' ,')}…"


def number(value: float) -> str:
    """Return a coordinate with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
