import base64
import io
import zipfile

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.mail import plaintext2html

from ..codabox import has_national_number
from ..models.ordering.prepared_order_sheet import sheet_name, sheet_of
from ..models.ordering.prepared_order_text import LANGUAGES, TEXTS
from .codabox_redelivery import CODABOX_EMAIL

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CodaboxMandateRequest(models.TransientModel):
    """Prepared orders: mandates that CodaBox takes from no software, ready to be asked by hand.

    By mail, with a spreadsheet for each client, or in MyCodaBox with each value to copy. What was
    asked is written down as such and followed by itself.
    """

    _name = "codabox.mandate.request"
    _inherit = "codabox.dialog.mixin"
    _description = "Prepared order of CodaBox mandates"

    order_ids = fields.Many2many("codabox.mandate.order", string="Orders")
    batch_id = fields.Many2one("codabox.mandate.order.batch")
    order_count = fields.Integer(compute="_compute_order_count")
    language = fields.Selection(
        LANGUAGES, required=True, default=lambda self: self._default_language()
    )
    email_to = fields.Char("Recipient", required=True, default=CODABOX_EMAIL)
    subject = fields.Char(compute="_compute_request")
    body = fields.Text("Mail", compute="_compute_body", store=True, readonly=False)
    content = fields.Binary("Spreadsheets", compute="_compute_request")
    filename = fields.Char(compute="_compute_request")
    line_ids = fields.One2many(
        "codabox.mandate.request.line",
        "request_id",
        "To fill in",
        compute="_compute_line_ids",
        store=True,
    )

    @api.model
    def _default_language(self):
        code = (self.env.user.lang or "en")[:2]
        return code if code in TEXTS else "en"

    @api.model
    def _prepare_for(self, orders):
        """Make the request for these orders.

        :raise UserError: when nothing is to be asked by hand.
        """
        if not orders:
            raise UserError(self.env._("There is nothing to ask by hand."))
        return self.create(
            {"order_ids": [Command.set(orders.ids)], "batch_id": orders.batch_id[:1].id}
        )

    def _reopen(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask mandates by hand"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    # -------------------------------------------------------------------------
    # What is asked
    # -------------------------------------------------------------------------

    @api.depends("order_ids")
    def _compute_order_count(self):
        for request in self:
            request.order_count = len(request.order_ids)

    @api.depends("order_ids", "language")
    def _compute_line_ids(self):
        for request in self:
            lines = [
                {"partner_id": order.partner_id.id, "part": part, "label": label, "value": value}
                for order in request.order_ids
                for part, label, value in order._prepared().rows(request.language or "en")
            ]
            request.line_ids = [
                Command.clear(),
                *(Command.create({**vals, "sequence": n}) for n, vals in enumerate(lines)),
            ]

    @api.depends("order_ids", "language")
    def _compute_request(self):
        for request in self:
            texts = TEXTS[request.language or "en"]
            names = request.order_ids.partner_id.mapped("name")
            request.subject = (
                texts["subject"].format(client=names[0])
                if len(names) == 1
                else texts["subject_many"].format(count=len(names))
            )
            files = request._sheets()
            request.filename, content = files[0] if len(files) == 1 else _zipped(files)
            request.content = base64.b64encode(content)

    @api.depends("order_ids", "language")
    def _compute_body(self):
        for request in self:
            texts = TEXTS[request.language or "en"]
            lines = [texts["greeting"], "", texts["intro"]]
            for order in request.order_ids:
                lines += ["", *order._prepared().summary(request.language or "en")]
            request.body = "\n".join([*lines, "", texts["thanks"], self.env.user.name])

    def _sheets(self):
        """Return (name, bytes) of the spreadsheet of each client."""
        prepared = [order._prepared() for order in self.order_ids]
        return [(sheet_name(one), sheet_of(one, self.language or "en")) for one in prepared]

    # -------------------------------------------------------------------------
    # Actions
    # -------------------------------------------------------------------------

    def action_send(self):
        """Mail the request to CodaBox with its spreadsheets; the mandates stand as asked.

        :raise AccessError: for a user who may not order.
        :raise UserError: when the mail cannot be sent, or tells more than CodaBox needs.
        """
        self._check_asking()
        # A person without the right to write mails freely sends this one to CodaBox.
        mail = self.env["mail.mail"].sudo().create(self._prepare_mail())
        mail.send()
        if mail.state == "exception":
            raise UserError(
                self.env._(
                    "The mail could not be sent: %(why)s Nothing was asked. Correct it, or download the spreadsheet and send it yourself.",
                    why=mail.failure_reason or "",
                )
            )
        return self._mark_asked()

    def action_mark_asked(self):
        """Note that the user asked it himself; the mandates stand as asked.

        :raise AccessError: for a user who may not order.
        """
        self._check_asking()
        return self._mark_asked()

    def action_download(self):
        """Download the spreadsheets, more than one as a zip."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/content/{self.filename}?download=true",
            "target": "download",
        }

    def action_back(self):
        """Go back to the order, or to all of them."""
        self.ensure_one()
        return self.batch_id._reopen() if self.batch_id else self.order_ids._reopen()

    def _check_asking(self):
        self.ensure_one()
        self.order_ids.connection_id._require_mandate_officer()
        told = "\n".join([self.body or "", *self.line_ids.mapped(lambda line: line.value or "")])
        if has_national_number(told):
            raise UserError(
                self.env._(
                    "A national number stands in this request. CodaBox needs none to prepare a mandate: leave it out."
                )
            )

    def _mark_asked(self):
        busy = self.order_ids._mark_asked()
        if busy:
            for order in busy:
                order.result = self.env._(
                    "Somebody else is ordering or changing %(partner)s at this moment. Press “Ask by hand” again in a minute.",
                    partner=order.partner_id.display_name,
                )
        return self.action_back()

    def _prepare_mail(self):
        """Return the values of the mail to CodaBox."""
        user = self.env.user.email_formatted or self.env.company.email_formatted
        return {
            "subject": self.subject,
            "body_html": plaintext2html(self.body or ""),
            "email_to": self.email_to,
            "email_from": user,
            "reply_to": user,
            "attachment_ids": [
                Command.create({"name": name, "datas": base64.b64encode(content), "mimetype": XLSX})
                for name, content in self._sheets()
            ],
            "auto_delete": False,
        }


class CodaboxMandateRequestLine(models.TransientModel):
    """One value that is filled in in MyCodaBox."""

    _name = "codabox.mandate.request.line"
    _inherit = "codabox.dialog.mixin"
    _description = "Value of a prepared order of CodaBox mandates"
    _order = "sequence, id"

    request_id = fields.Many2one("codabox.mandate.request", required=True, ondelete="cascade")
    sequence = fields.Integer()
    partner_id = fields.Many2one("res.partner", "Client")
    part = fields.Char("Where in MyCodaBox")
    label = fields.Char("Field")
    value = fields.Char()


def _zipped(files):
    """Return (name, bytes) of one file that holds others; names that are the same are told apart."""
    buffer, names = io.BytesIO(), set()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            unique = name if name not in names else name.replace(".xlsx", f"-{len(names)}.xlsx")
            names.add(unique)
            archive.writestr(unique, content)
    return "CodaBox.zip", buffer.getvalue()
