"""XML out of office files, read without entities, networks or external definitions."""

from __future__ import annotations

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
