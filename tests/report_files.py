"""Small reports made by hand: Word documents from their markup, and PDFs from their objects."""

from __future__ import annotations

import zipfile
from io import BytesIO

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, **parts: str) -> bytes:
    """A Word document with this body, and other parts by their names."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")
        for name, part in parts.items():
            file.writestr(f"word/{name}.xml", f"<w:{name} {_W}>{part}</w:{name}>")
    return stream.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(inside)}</w:p>"


def pdf(pages: int = 1, trailer: str = "", picture: bool = True) -> bytes:
    """A PDF whose pages hold no text."""
    kids = " ".join(f"{number} 0 R" for number in range(5, 5 + pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
        "\nstream\n0\nendstream",
        "<< /Length 27 >>\nstream\nq 99 0 0 99 0 0 cm /A Do Q \nendstream",
    ]
    shown = "/Contents 4 0 R /Resources << /XObject << /A 3 0 R >> >>" if picture else ""
    objects += [f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {shown} >>"] * pages
    text, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n"
    return f"{text}{end}startxref\n{len(text)}\n%%EOF\n".encode("ascii")


def locked_pdf() -> bytes:
    """A PDF that no password opens."""
    key = f"<{'41' * 32}>"
    return pdf(trailer=f"/ID [<4142> <4142>] /Encrypt << /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >>")
