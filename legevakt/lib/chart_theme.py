"""The one look of every chart: Inter, thin grey lines, the colours of the design system.

The browser's style sheet does not reach into a drawing, so the theme's values stand here again.
"""

from __future__ import annotations

from typing import Any

FONT = "Inter, 'Helvetica Neue', Arial, sans-serif"
TEXT = "#24272b"
SUBTLE_TEXT = "#5b5d60"
LINE = "#bbbcbd"
STRONG_LINE = "#77797b"

_TITLED = {
    "labelFontSize": 12,
    "labelColor": TEXT,
    "titleFontSize": 12,
    "titleFontWeight": 500,
    "titleColor": SUBTLE_TEXT,
}

CONFIG: dict[str, Any] = {
    "background": "#ffffff",
    "font": FONT,
    "customFormatTypes": False,
    "view": {"stroke": None},
    "mark": {"aria": False},
    "text": {"font": FONT},
    "axis": {
        **_TITLED,
        "aria": False,
        "domain": False,
        "grid": False,
        "labelPadding": 6,
        "tickColor": STRONG_LINE,
        "ticks": False,
    },
    "axisX": {"domain": True, "domainColor": STRONG_LINE},
    # The title of a vertical axis stands level above it: nobody turns a head to read it.
    "axisY": {
        "grid": True,
        "gridColor": LINE,
        "gridOpacity": 0.6,
        "titleAlign": "left",
        "titleAnchor": "end",
        "titleAngle": 0,
        "titleBaseline": "bottom",
        "titleX": -38,
        "titleY": -12,
    },
    "legend": {
        **_TITLED,
        "aria": False,
        "columnPadding": 20,
        "direction": "horizontal",
        "orient": "bottom",
        "offset": 14,
        "symbolSize": 150,
        "symbolStrokeWidth": 0,
        "symbolType": "square",
        "titleOrient": "left",
        "titlePadding": 10,
    },
}
