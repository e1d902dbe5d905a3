"""The package of a Word document: its parts in an archive, with properties and a seal, the same bytes each time.

Written with the standard library: what python-docx writes tells the time, and has no content controls, custom parts or
custom properties.
"""

from __future__ import annotations

import os
import re
import time
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from rubric.messages.wording import Language

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# The root of the part that holds a seal.
SEAL = "urn:jixiao-rubric:seal"
# The footers of odd and of even pages, by the ids of their parts.
ODD, EVEN = "rId4", "rId5"

_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What no XML may hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# The first moment that an archive can tell.
_FIRST = 315532800


def package(
    parts: Mapping[str, str], title: str, properties: Mapping[str, str], language: Language, seal: str = ""
) -> bytes:
    """A Word file from the XML of document, styles, settings, fonts and footers, by the names of their parts."""
    whole = {
        "[Content_Types].xml": _types(bool(seal)),
        "_rels/.rels": _relations(_PACKAGE),
        "word/_rels/document.xml.rels": _relations(_DOCUMENT + (_SEALED if seal else ())),
        **parts,
        "docProps/core.xml": _core(title, language),
        "docProps/app.xml": _APP,
        "docProps/custom.xml": _custom(properties),
    }
    if seal:
        whole["customXml/item1.xml"] = f"<seal xmlns={quoteattr(SEAL)}>{escape(clean(seal))}</seal>"
        whole["customXml/itemProps1.xml"] = _ITEM
        whole["customXml/_rels/item1.xml.rels"] = _relations(_ITEM_RELATION)
    return archive({name: (_HEADER + text).encode() for name, text in whole.items()})


def archive(parts: Mapping[str, bytes]) -> bytes:
    """A zip archive of parts whose bytes depend on them alone (and on SOURCE_DATE_EPOCH, where that is set)."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _moment()[:6])
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 0
            file.writestr(entry, data)
    return stream.getvalue()


def _moment() -> time.struct_time:
    """The time that a file tells: that of SOURCE_DATE_EPOCH, or the first that an archive can tell."""
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    return time.gmtime(max(_FIRST, int(told)) if told.isdecimal() else _FIRST)


def clean(text: str) -> str:
    """A text without what no XML may hold."""
    return _FORBIDDEN.sub("", text)


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACK = "http://schemas.openxmlformats.org/package/2006"

_Relation = tuple[str, str, str]
_PACKAGE: tuple[_Relation, ...] = (
    ("rId1", f"{RELATIONS}/officeDocument", "word/document.xml"),
    ("rId2", f"{_PACK}/relationships/metadata/core-properties", "docProps/core.xml"),
    ("rId3", f"{RELATIONS}/extended-properties", "docProps/app.xml"),
    ("rId4", f"{RELATIONS}/custom-properties", "docProps/custom.xml"),
)
_DOCUMENT: tuple[_Relation, ...] = (
    ("rId1", f"{RELATIONS}/styles", "styles.xml"),
    ("rId2", f"{RELATIONS}/settings", "settings.xml"),
    ("rId3", f"{RELATIONS}/fontTable", "fontTable.xml"),
    ("rId4", f"{RELATIONS}/footer", "footer1.xml"),
    ("rId5", f"{RELATIONS}/footer", "footer2.xml"),
)
_SEALED: tuple[_Relation, ...] = (("rId6", f"{RELATIONS}/customXml", "../customXml/item1.xml"),)
_ITEM_RELATION: tuple[_Relation, ...] = (("rId1", f"{RELATIONS}/customXmlProps", "itemProps1.xml"),)
_ITEM = (
    '<ds:datastoreItem ds:itemID="{6E1D7B0A-5C1F-4C39-9B50-2F7A3D1C8E42}" '
    f'xmlns:ds="{_OFFICE}/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="{SEAL}"/></ds:schemaRefs></ds:datastoreItem>'
)
_APP = f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>Rubric</Application></Properties>'


def _relations(relations: Iterable[_Relation]) -> str:
    inside = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in relations)
    return f'<Relationships xmlns="{_PACK}/relationships">{inside}</Relationships>'


def _types(sealed: bool) -> str:
    kinds = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/fontTable.xml": f"{_WORD}.fontTable+xml",
        "/word/footer1.xml": f"{_WORD}.footer+xml",
        "/word/footer2.xml": f"{_WORD}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "/docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    }
    if sealed:
        kinds["/customXml/itemProps1.xml"] = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    inside = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'<Types xmlns="{_PACK}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{inside}</Types>'
    )


def _core(title: str, language: Language) -> str:
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", _moment())
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'<cp:coreProperties xmlns:cp="{_PACK}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(clean(title))}</dc:title><dc:language>{'zh-CN' if language == 'zh' else 'en'}</dc:language>"
        f"{dates if told.isdecimal() else ''}</cp:coreProperties>"
    )


def _custom(properties: Mapping[str, str]) -> str:
    inside = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name={quoteattr(clean(name))}>'
        f"<vt:lpwstr>{escape(clean(value))}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), 2)
    )
    kinds = f'xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes"'
    return f"<Properties {kinds}>{inside}</Properties>"
