"""Makes a generated SVG fit to stand in a page: named for readers, free of style and script."""

from __future__ import annotations

import hashlib
import re
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
FORBIDDEN = {"script", "style", "foreignObject", "linearGradient", "radialGradient", "image", "a"}
REFERENCE = re.compile(r"url\(#([^)]+)\)")


class SvgError(ValueError):
    """The drawing has something in it that a page or a PDF would not show."""


def described(svg: str, *, language: str, title: str, description: str) -> str:
    """The drawing as one picture: role img, `title`, `description`, own ids.

    The marks' own roles and labels are dropped: they are generated in English, and a picture's
    parts are not read. The figures stand in the table beside the chart.
    """
    root = ElementTree.fromstring(svg)
    key = "c" + hashlib.sha256(f"{title}\0{svg}".encode()).hexdigest()[:12]
    for element in root.iter():
        _clean(element, key=key)
    root.attrib.update(
        {"role": "img", "lang": language, "aria-labelledby": f"{key}-title {key}-desc"}
    )
    _label(root, position=0, tag="title", id=f"{key}-title", text=title)
    _label(root, position=1, tag="desc", id=f"{key}-desc", text=description)
    ElementTree.register_namespace("", SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _label(root: ElementTree.Element, *, position: int, tag: str, id: str, text: str) -> None:
    label = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": id})
    label.text = text
    root.insert(position, label)


def _clean(element: ElementTree.Element, *, key: str) -> None:
    name = element.tag.removeprefix(f"{{{SVG}}}")
    if name in FORBIDDEN or f"{{{XLINK}}}href" in element.attrib or "href" in element.attrib:
        raise SvgError(f"a chart may not contain <{name}>")
    for attribute, value in list(element.attrib.items()):
        if attribute.startswith("aria-") or attribute in ("role", "class", "style"):
            del element.attrib[attribute]
        elif attribute == "id":
            element.set("id", f"{key}-{value}")
        else:
            element.set(attribute, REFERENCE.sub(rf"url(#{key}-\1)", value))
