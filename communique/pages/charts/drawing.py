"""Drawing with matplotlib for a page: colours and letters are the page's own, and the bytes are always the same.

Colours are placeholders that become variables of the style sheet, so a drawing is dark where the page is.  Letters stay
text.  Coordinates are rounded, identifiers carry the name of the drawing, and nothing of the machine stands in it.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from communique.pages.words import NOTHING, visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 420
"""Width of all drawings in units of about a CSS pixel: that of a phone, and of half a desktop."""

INK, QUIET, LINE, PAPER = "#000001", "#000002", "#000003", "#000004"
SERIES = ("#0000a1", "#0000a2", "#0000a3", "#0000a4", "#0000a5", "#0000a6", "#0000a7")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")

_VARIABLES = {
    "#000000": "ink",
    INK: "ink",
    QUIET: "quiet",
    LINE: "line",
    PAPER: "paper",
    **{colour: f"series-{number}" for number, colour in enumerate(SERIES, 1)},
}

_SETTINGS = {
    "axes.axisbelow": True,
    "axes.edgecolor": LINE,
    "axes.facecolor": "none",
    "axes.labelcolor": QUIET,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.facecolor": "none",
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "grid.color": LINE,
    "grid.linewidth": 0.6,
    "legend.edgecolor": "none",
    "legend.facecolor": "none",
    "legend.fontsize": 11,
    "legend.framealpha": 0,
    "legend.labelcolor": INK,
    "svg.fonttype": "none",
    "svg.hashsalt": "communique",
    "text.color": INK,
    "text.parse_math": False,
    "axes.unicode_minus": True,
    "xtick.color": LINE,
    "xtick.labelcolor": QUIET,
    "ytick.color": LINE,
    "ytick.labelcolor": INK,
}

_NUMBER = re.compile(r"-?\d+\.\d+")
_KEPT = frozenset(
    "fill stroke stroke-width stroke-dasharray stroke-dashoffset stroke-linejoin stroke-linecap opacity fill-opacity "
    "stroke-opacity text-anchor font-size font-weight clip-path".split()
)


def draw(name: str, height: int, paint: Callable[[Figure], None]) -> str:
    """The drawing that `paint` makes in a figure of `WIDTH` by `height`, as an SVG element for a page."""
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)  # type: ignore[arg-type]
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72)
        paint(figure)
        written = io.StringIO()
        canvas: Any = FigureCanvasSVG(figure)
        canvas.print_svg(written, metadata={"Date": None, "Creator": None})
    return _for_page(ElementTree.fromstring(written.getvalue()), name, height)


def axes_for_labels(figure: Figure, left: float, *, top: float = 10, bottom: float = 34, right: float = 14) -> Axes:
    """Axes with margins in units of the drawing."""
    height = figure.get_figheight() * 72
    place = (left / WIDTH, bottom / height, (WIDTH - left - right) / WIDTH, (height - top - bottom) / height)
    return figure.add_axes(place)


def label(text: str, most: int = 24) -> str:
    """Words for an axis: on one line, cut where they are long; matplotlib hides those that begin with `_`."""
    words = " ".join(visible(text).split()).lstrip("_") or NOTHING
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def big(value: float, _position: object = None) -> str:
    """A sum of money in short: 4.2bn, 37m."""
    for size, unit in ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:,.4g}{unit}"
    return f"{value:,.4g}"


def _for_page(drawing: ElementTree.Element, name: str, height: int) -> str:
    for parent in drawing.iter():
        for child in list(parent):
            if _tag(child) in ("metadata", "style"):
                parent.remove(child)
    for element in drawing.iter():
        element.tag = _tag(element)
        given = dict(element.attrib)
        element.attrib.clear()
        for key, value in given.items():
            if key == "id" and element.tag == "g":
                continue
            element.attrib.update(_attributes(key.rpartition("}")[2], value, name))
        element.text, element.tail = (element.text or "").strip("\n"), None
    drawing.attrib.clear()
    drawing.attrib.update(
        {
            "viewBox": f"0 0 {WIDTH} {height}",
            "role": "img",
            "aria-labelledby": f"{name}-title",
            "aria-describedby": f"{name}-summary",
        }
    )
    return ElementTree.tostring(drawing, encoding="unicode", short_empty_elements=True)


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _attributes(key: str, value: str, name: str) -> dict[str, str]:
    if key == "style":
        pairs = (part.split(":", 1) for part in value.split(";") if part.strip())
        found = {left.strip(): right.strip() for left, right in pairs}
        return {key: _value(text, name) for key, text in found.items() if key in _KEPT}
    if key == "id":
        return {"id": f"{name}-{value}"}
    return {key: _value(value, name)}


def _value(text: str, name: str) -> str:
    if text in _VARIABLES:
        return f"var(--{_VARIABLES[text]})"
    text = re.sub(r"^#|(?<=url\()#", f"#{name}-", text)
    return _NUMBER.sub(lambda match: f"{float(match[0]):.1f}".rstrip("0").rstrip("."), text).replace("\n", " ")


def legend(figure: Figure, handles: list[Any], **settings: Any) -> None:
    """A legend on top, in rows."""
    figure.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0.0, 1.0),
        handletextpad=0.3,
        columnspacing=1.0,
        borderaxespad=0.1,
        **settings,
    )
