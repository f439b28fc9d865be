"""XML out of office files, read without entities, networks or external definitions."""

from __future__ import annotations

import re
from typing import Any


def tree_of(data: bytes) -> Any:
    """Return the root of an XML document.

    Raises
    ------
    lxml.etree.XMLSyntaxError
        When it is none.
    """
    from lxml import etree  # noqa: PLC0415  (slow to load)

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def plain_tree(data: bytes) -> list[Any]:
    """Return an XML document as nested lists: name without its namespace, attributes, text, and elements inside.

    Raises
    ------
    ValueError
        When it is none, with the line; or declares a document type, which exchange formats have none of.
    """
    from lxml import etree  # noqa: PLC0415

    try:
        root = tree_of(data)
    except etree.XMLSyntaxError as error:
        told = re.sub(r" line \d+, line ", ", line ", error.msg or "")  # libxml names some lines twice
        raise ValueError(f"expected XML: {told}") from None
    if root.getroottree().docinfo.doctype:
        raise ValueError("expected XML without a document type, which could hide what is read")
    return _plain(root)


def _plain(element: Any) -> list[Any]:
    inside = [_plain(child) for child in element if isinstance(child.tag, str)]
    attributes = {_name(name): value for name, value in element.attrib.items()}
    return [_name(element.tag), attributes, element.text or "", inside]


def _name(name: str) -> str:
    return name.rpartition("}")[2]
