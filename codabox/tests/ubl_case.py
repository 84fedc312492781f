"""What the tests of UBL share: files, changed files, wrapped files."""

import base64

from ..ubl import write_ubl
from ..ubl.builders import invoice, line


def changed(data, *replacements):
    for old, new in replacements:
        assert old in data, old
        data = data.replace(old, new)
    return data


def written(flavour="bis3", **values):
    return write_ubl(invoice("2026-1", line("100", "21"), flavour=flavour, **values))


def wrappers(body):
    """Return the same invoice in each of the wrappers that are known."""
    ubl = b"urn:oasis:names:specification:ubl:schema:xsd:"
    attached = (
        b'<AttachedDocument xmlns="' + ubl + b'AttachedDocument-2" xmlns:cac="' + ubl
        + b'CommonAggregateComponents-2" xmlns:cbc="' + ubl + b'CommonBasicComponents-2">'
        b"<cac:Attachment>%b</cac:Attachment></AttachedDocument>"
    )  # fmt: skip
    name = b"EmbeddedDocumentBinaryObject"
    binary = b'<cbc:%b mimeCode="text/xml">%%b</cbc:%b>' % (name, name)
    description = (
        b"<cac:ExternalReference><cbc:Description><![CDATA[%b]]></cbc:Description>"
        b"</cac:ExternalReference>"
    )
    envelope = (
        b'<StandardBusinessDocument xmlns="http://www.unece.org/cefact/namespaces/'
        b'StandardBusinessDocumentHeader"><StandardBusinessDocumentHeader/>%b'
        b"</StandardBusinessDocument>"
    )
    yield envelope % body
    yield attached % (binary % base64.b64encode(body))
    yield attached % (description % (b'<?xml version="1.0" encoding="ISO-8859-1"?>' + body))
    yield envelope % (attached % (binary % base64.b64encode(body)))
