from odoo import api, fields, models

from ...codabox import normal_number


class CodaboxSenderAnswer(models.Model):
    """What a person decided for a sender of invoices; the next invoice of his follows it.

    Users read; they answer in the dialog of a document, and forget with the button.
    """

    _name = "codabox.sender.answer"
    _description = "CodaBox remembered answer"
    _order = "sender, answer, id"
    _rec_name = "sender"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    answer = fields.Selection(
        [
            ("partner", "Is this partner"),
            ("addressee", "Invoices for this number are of the company"),
            ("series", "Begins its numbers anew on the same day of a year"),
            ("foreign_recover", "VAT of another country is to be recovered there"),
            ("foreign_cost", "VAT of another country is a part of the cost"),
        ],
        required=True,
        readonly=True,
    )
    sender = fields.Char(required=True, readonly=True, help="As it stands in the invoice.")
    key = fields.Char(required=True, readonly=True, export_string_translation=False)
    partner_id = fields.Many2one("res.partner", readonly=True, ondelete="cascade")
    found = fields.Char("Number", readonly=True, help="The number of the customer in the invoice.")
    create_uid = fields.Many2one("res.users", "Decided by", readonly=True)
    create_date = fields.Datetime("Since", readonly=True)

    _answer_unique = models.UniqueIndex("(company_id, answer, key)")

    @api.model
    def _key(self, party, found=""):
        """Return what tells a sender from others, ``""`` when nothing does.

        A number alone may be that of a VAT group, and a name alone that of another country.

        :param Party party: the sender as the invoice has it.
        :param str found: the number of the customer, where the answer is about that.
        """
        name = normal_number(party.name)
        number = party.enterprise or party.vat or party.endpoint
        return "|".join([number, name, party.country, found]) if name or number else ""

    @api.model
    def _find(self, company, answer, key):
        """Return the answer that is remembered, empty when there is none."""
        if not key:
            return self.sudo().browse()
        return self.sudo().search(
            [("company_id", "=", company.id), ("answer", "=", answer), ("key", "=", key)]
        )

    @api.model
    def _remember(self, company, answer, key, **values):
        """Remember an answer instead of the one before."""
        if key:
            self._find(company, answer, key).unlink()
            values |= {"company_id": company.id, "answer": answer, "key": key}
            self.sudo().create(values)

    def _facts(self):
        """Return the facts of the sentence that tells that an answer was followed."""
        return {
            "sender": self.sender,
            "partner": self.partner_id.display_name or "",
            "found": self.found or "",
            "user": self.create_uid.name,
        }

    def action_forget(self):
        """Ask again for the next invoice of these senders.

        :raise AccessError: for a user who is no accountant of the company.
        """
        self.env["codabox.connection"]._require_accountant()
        self.check_access("read")
        self.sudo().unlink()
        return {"type": "ir.actions.client", "tag": "soft_reload"}
