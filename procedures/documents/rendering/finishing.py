"""The last hand on a PDF before it is written: one attachment, PDF/UA mark, vector QR, and the field of the seal."""

from dataclasses import dataclass
from typing import Any

import pydyf

FIELD = "Sceau"
DOOR = (93.54, 102.05)  # 33 by 36 mm
UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>\
</rdf:Description><rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema\
</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of PDF/UA\
</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\
</rdf:Description></rdf:RDF>"""


@dataclass(frozen=True)
class Finish:
    """What the finisher adds: the QR's drawing with its side in modules, and what the seal's field is called aloud."""

    code: str
    side: int
    field_title: str

    def __call__(self, document: Any, pdf: Any) -> None:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog.get("AF", ())))
        _mark_accessible(pdf)
        _draw_code(pdf, self.code, self.side)
        _add_field(document, pdf, self.field_title)


def _mark_accessible(pdf: Any) -> None:
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    stream.stream = [b"".join(stream.stream).replace(b"</rdf:RDF>", UA, 1)]
    stream.compress = False


def _draw_code(pdf: Any, code: str, side: int) -> None:
    """The one-pixel picture that held the code's place becomes a drawing of the same unit square."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.extra.get("Subtype") == "/Image" and item.extra.get("Width") == 1:
            item.stream = [code.encode()]
            item.extra = pydyf.Dictionary(
                {
                    "Type": "/XObject",
                    "Subtype": "/Form",
                    "BBox": pydyf.Array([0, 0, side, side]),
                    "Matrix": pydyf.Array([round(1 / side, 8), 0, 0, round(1 / side, 8), 0, 0]),
                    "Resources": pydyf.Dictionary(),
                }
            )
            item.compress = True


def _add_field(document: Any, pdf: Any, title: str) -> None:
    """The signature field, in the tag tree from the start: one that is added later breaks PDF/UA."""
    page_number = len(document.pages) - 1
    page = pdf.objects[int(pdf.page_references[page_number].split()[0])]
    root = pdf.objects[int(pdf.catalog["StructTreeRoot"].split()[0])]
    parents = pdf.objects[int(root["ParentTree"].split()[0])]
    top = pdf.objects[int(root["K"][0].split()[0])]
    widget = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(FIELD),
            "TU": pydyf.String(title),
            "F": 132,
            "Rect": pydyf.Array(_place(document.pages[page_number])),
            "P": pdf.page_references[page_number],
            "StructParent": parents["Nums"][-2] + 1,
        }
    )
    pdf.add_object(widget)
    reference = pydyf.Dictionary({"Type": "/OBJR", "Obj": widget.reference, "Pg": pdf.page_references[page_number]})
    pdf.add_object(reference)
    form = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": "/Form",
            "K": pydyf.Array([reference.reference]),
            "P": top.reference,
            "Pg": pdf.page_references[page_number],
        }
    )
    pdf.add_object(form)
    top["K"].append(form.reference)
    parents["Nums"].extend([widget["StructParent"], form.reference])
    page.setdefault("Annots", pydyf.Array()).append(widget.reference)
    fields = pydyf.Dictionary({"Fields": pydyf.Array([widget.reference]), "SigFlags": 3})
    pdf.add_object(fields)
    pdf.catalog["AcroForm"] = fields.reference


def _place(page: Any) -> list[float]:
    """The door, in points from the lower left corner of the page."""
    for box in page._page_box.descendants():
        if box.element is not None and box.element.get("class") == "door":
            scale = 0.75
            left, top = box.position_x * scale, (page.height - box.content_box_y()) * scale
            return [round(value, 2) for value in (left, top - DOOR[1], left + DOOR[0], top)]
    return [0, 0, 0, 0]
