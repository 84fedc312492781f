import hashlib
from dataclasses import dataclass

from lxml import etree

from odoo import fields, models
from odoo.exceptions import UserError

from ...codabox import check_sales_invoice
from ...reasons import explain

FORMAT = "ubl_bis3"
BUILDER = "account.edi.xml.ubl_bis3"
UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
# An embedded PDF may be one text of more than 10 MB, which libxml2 takes for an attack.
PARSER = {"resolve_entities": False, "no_network": True, "huge_tree": True}
# What is left out when two versions of an invoice are compared: files, and what was paid since.
NOT_CONTENT = ("AdditionalDocumentReference", "PrepaidAmount", "PayableAmount")


class SendProblem(Exception):
    """Something that keeps one invoice from being sent, and that a person can correct.

    :param str code: code of ``reasons.REASONS``.
    :param facts: its facts.
    """

    def __init__(self, code, **facts):
        super().__init__(code)
        self.code = code
        self.facts = facts

    def text(self, env):
        """Return the sentence, in the language of ``env``."""
        return explain(env, self.code, self.facts)


@dataclass
class SendFile:
    """What is sent: UBL with the PDF embedded.

    :param str name: file name.
    :param bytes content: the file.
    :param str fingerprint: checksum of what the invoice says.
    :param str token: names the attempt.
    :param bool maybe_sent: whether an earlier attempt may have arrived.
    """

    name: str
    content: bytes
    fingerprint: str
    token: str = ""
    maybe_sent: bool = False

    @property
    def checksum(self):
        """SHA-256 of the file."""
        return hashlib.sha256(self.content).hexdigest()


class AccountMove(models.Model):
    """The file that is sent: made once by Odoo's own functions, and kept with the invoice."""

    _inherit = "account.move"

    codabox_ubl_id = fields.Many2one(
        "ir.attachment",
        "File for CodaBox",
        compute=lambda self: self._compute_linked_attachment_id(
            "codabox_ubl_id", "codabox_ubl_file"
        ),
        depends=["codabox_ubl_file"],
    )
    codabox_ubl_file = fields.Binary("UBL for CodaBox", attachment=True, readonly=True, copy=False)

    def _get_fields_to_detach(self):
        # EXTENDS account: what was sent stays in the attachments when the invoice is a draft again
        return [*super()._get_fields_to_detach(), "codabox_ubl_file"]

    def _codabox_file(self):
        """Return the file of this invoice, checked.

        The very file that went over Peppol when there is one, else one that is made for CodaBox.

        :rtype: SendFile
        :raise SendProblem: with what is wrong with the invoice.
        """
        self.ensure_one()
        move = self.with_company(self.company_id)
        try:
            xml = move._codabox_export()
            found = move._codabox_peppol_file() or move.codabox_ubl_id
            found = found or move._codabox_make_file(xml)
        except UserError as error:
            # What Odoo, or another add-on, asks of an invoice before it makes its files.
            raise SendProblem("send_not_made", detail=str(error)) from error
        file = SendFile(found.name, found.raw, _fingerprint(xml))
        problems = check_sales_invoice(
            file.content,
            seller=move.company_id._codabox_enterprise_number(),
            number=move.name,
            is_credit_note=move.move_type == "out_refund",
            total=f"{move.amount_total:.2f}",
            currency=move.currency_id.name,
        )
        if problems:
            # It never left: what a person corrects is in the one that is made next time.
            (found & move.codabox_ubl_id).unlink()
            code, facts = problems[0]
            raise SendProblem(code, **facts)
        return file

    def _codabox_export(self):
        """Return the UBL of this invoice without its PDF, as Odoo makes it.

        :raise SendProblem: with what the standard does not allow.
        """
        xml, errors = self.env[BUILDER]._export_invoice(self)
        if errors:
            raise SendProblem("send_not_valid", errors=" ".join(sorted(map(str, errors))))
        return xml

    def _codabox_peppol_file(self):
        """Return the UBL that Odoo made for the customer, when a PDF is inside."""
        found = self.ubl_cii_xml_id
        if not found:
            return found
        try:
            root = _parse(found.raw)
        except etree.XMLSyntaxError:
            return found.browse()
        is_ubl = (etree.QName(root).namespace or "").startswith(UBL)
        embedded = root.find(".//{*}EmbeddedDocumentBinaryObject[@mimeCode='application/pdf']")
        return found if is_ubl and embedded is not None else found.browse()

    def _codabox_make_file(self, xml):
        """Put the PDF into the UBL and keep the file with the invoice."""
        builder = self.env[BUILDER]
        send = self.env["account.move.send"]
        self._codabox_ensure_pdf(send)
        data = {
            "invoice_edi_format": FORMAT,
            "ubl_cii_xml_attachment_values": {"raw": xml},
            "ubl_cii_xml_options": {"builder": builder, "ubl_cii_format": FORMAT},
        }
        send._postprocess_invoice_ubl_xml(self, data)
        content = data["ubl_cii_xml_attachment_values"]["raw"]
        attachment = self.env["ir.attachment"].create(
            {
                "name": builder._export_invoice_filename(self),
                "raw": content,
                "mimetype": "application/xml",
                "res_model": self._name,
                "res_id": self.id,
                "res_field": "codabox_ubl_file",
            }
        )
        self.invalidate_recordset(["codabox_ubl_id", "codabox_ubl_file"])
        return attachment

    def _codabox_ensure_pdf(self, send):
        """Have Odoo make the PDF of this invoice unless it is there.

        The customer did not get it: to Odoo the invoice is no more sent than it was.
        """
        if self.invoice_pdf_report_id:
            return
        was_sent = self.is_move_sent
        settings = send._get_default_sending_settings(
            self, sending_methods=[], extra_edis=[], invoice_edi_format=False
        )
        send._generate_invoice_documents({self: settings})
        if self.is_move_sent != was_sent:
            self.is_move_sent = was_sent


def _parse(content):
    return etree.fromstring(content, etree.XMLParser(**PARSER))


def _fingerprint(xml):
    """Return the checksum of what an invoice says."""
    root = _parse(xml)
    for name in NOT_CONTENT:
        for node in root.findall(f".//{{*}}{name}"):
            node.getparent().remove(node)
    return hashlib.sha256(etree.tostring(root, method="c14n")).hexdigest()
