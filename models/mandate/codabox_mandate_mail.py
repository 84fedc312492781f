from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.own_company import opens_in_own_company


class CodaboxMandate(models.Model):
    """What the client has to do, in words, and the mail that asks for it."""

    _inherit = "codabox.mandate"

    signing_help = fields.Char(
        "What the client does",
        compute="_compute_signing_help",
        help="How this bank has the mandate signed.",
    )
    pdf_note = fields.Char(compute="_compute_pdf_note")

    @api.depends("service", "state", "bank_bic", "signing_url")
    @api.depends_context("lang")
    def _compute_signing_help(self):
        for mandate in self:
            mandate.signing_help = mandate._signing_help()

    @api.depends("service", "pdf", "state", "can_get_pdf", "has_no_pdf", "bank_bic")
    @api.depends_context("lang")
    def _compute_pdf_note(self):
        for mandate in self:
            if mandate.pdf or mandate.state in ("draft", "asked"):
                mandate.pdf_note = False
            elif mandate.service == "soda":
                mandate.pdf_note = self.env._(
                    "No document: the permission is part of the mandate for the bank statements."
                )
            elif mandate.service == "purchase_invoice":
                mandate.pdf_note = self.env._("No document: CodaBox mails an invitation.")
            elif mandate._is_pdf_late():
                mandate.pdf_note = self.env._(
                    "The document did not come yet. The night run asks again, and so does “Get the PDF” on the mandate."
                )
            else:
                mandate.pdf_note = self.env._("There is no document: the client signs online.")

    def _signing_help(self):
        """Return in one or two sentences what the client must do; ``""`` when nothing."""
        self.ensure_one()
        if self.state == "asked":
            return ""
        if self.service == "soda":
            return self.env._(
                "Nothing to sign for payroll: it begins when the mandate for the bank statements is signed."
            )
        if self.service == "purchase_invoice":
            return self.env._("Agree by the link in the mail from CodaBox, within 14 days.")
        method = self.sudo().connection_id._codabox_signing(self.bank_bic)
        texts = {
            "codabox_sign": self.env._("Open the link and sign both documents online."),
            "twikey": self.env._("Open the link and sign both documents online, with Twikey."),
            "app": self.env._(
                "Open the link and sign online. Then also activate CodaBox in the app of %(bank)s, for each account.",
                bank=self.bank_name,
            ),
            "paper": self.env._(
                "Print the document, sign it by hand on every place that is marked, and send it back to us."
            ),
        }
        return texts.get(method, "")

    # -------------------------------------------------------------------------
    # Mail
    # -------------------------------------------------------------------------

    def _to_sign(self):
        """Return those among these mandates that wait for a signature."""
        return self.filtered(lambda m: m.service == "coda" and m.state in ("preparing", "to_sign"))

    def _attachments_to_sign(self):
        """Return copies of the documents to sign, for one mail."""
        return self.env["ir.attachment"].create(
            [
                {"name": mandate.pdf_name, "datas": mandate.pdf, "mimetype": "application/pdf"}
                for mandate in self
                if mandate.pdf
            ]
        )

    @api.model
    def _mail_template(self):
        return self.env.ref("account_codabox.mail_template_mandates_to_sign")

    def _mail_context(self, emails):
        """Return the context in which the template finds the mandates and the addresses."""
        known = {str(partner_id): email for partner_id, email in emails.items() if email}
        return {"codabox_mandate_ids": self.ids, "codabox_emails": known}

    @opens_in_own_company
    def _compose_to_client(self, email=""):
        """Open the mail that asks one client to sign these mandates.

        :param str email: address of the client; that of the partner by default.
        :raise UserError: when there is nothing to sign.
        """
        self.env["codabox.connection"]._require_accountant()
        mandates = self._to_sign()
        if not mandates:
            raise UserError(self.env._("None of these mandates waits for a signature."))
        partner = mandates.partner_id
        partner.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send to client"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                **mandates._mail_context({partner.id: email}),
                "default_model": "res.partner",
                "default_res_ids": partner.ids,
                "default_template_id": self._mail_template().id,
                "default_composition_mode": "comment",
                "default_attachment_ids": mandates._attachments_to_sign().ids,
                "default_email_layout_xmlid": "mail.mail_notification_light",
                "force_email": True,
            },
        }

    def _mail_to_clients(self, emails):
        """Mail each client the mandates to sign; sent by the mail queue of Odoo.

        :param dict emails: id of the client -> address; that of the partner where there is none.
        """
        mandates = self._to_sign().grouped("partner_id")
        partners = self.env["res.partner"].union(*mandates)
        everything = self.browse().union(*mandates.values())
        template = self._mail_template().with_context(**everything._mail_context(emails)).sudo()
        mails = template.send_mail_batch(
            partners.ids, email_layout_xmlid="mail.mail_notification_light"
        )
        for mail, partner in zip(mails, partners, strict=True):
            files = mandates[partner]._attachments_to_sign()
            mail.attachment_ids = [fields.Command.set(files.ids)]

    def action_send_to_client(self):
        """Open the mail that asks the client to sign; each of several clients gets his own.

        :raise AccessError: for a user who is no accountant, or may not read these mandates.
        :raise UserError: when nothing is to be signed, or a client has no address.
        """
        self.check_access("read")
        clients = self._to_sign().partner_id
        emails = self._addresses(clients)
        if len(clients) < 2:
            return self._compose_to_client(emails.get(clients.id))
        self.env["codabox.connection"]._require_accountant()
        self._mail_to_clients(emails)
        count = len(clients)
        message = self.env._("Clients who get a mail with what they sign: %(count)s.", count=count)
        return self.env["codabox.connection"]._notify(message, "success")

    def _addresses(self, clients):
        """Return id of a client -> the address of who signs, as an order proposes it.

        :param res.partner clients: whose mandates wait for a signature.
        :raise UserError: where there is none: then nothing leaves, to nobody.
        """
        order = self.env["codabox.mandate.order"]
        emails = {client.id: order._prepare_person(client)["email"] for client in clients}
        silent = clients.filtered(lambda client: not emails[client.id])
        if silent:
            raise UserError(
                self.env._(
                    "No e-mail address: %(clients)s. Fill it in on the contact, or leave them out.",
                    clients=", ".join(silent.mapped("display_name")),
                )
            )
        return emails
