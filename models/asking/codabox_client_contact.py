from odoo import api, fields, models

ACTIVITY = "account_codabox.mail_activity_type_client_answer"


class CodaboxClientContact(models.Model):
    """Who answers the questions about a company; remembered from the first one that is asked."""

    _name = "codabox.client.contact"
    _inherit = ["codabox.facts.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Contact of a client"
    _order = "company_id"
    _rec_name = "company_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", "Client", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Contact",
        required=True,
        readonly=True,
        ondelete="restrict",
        check_company=True,
        index=True,
    )
    question_ids = fields.One2many("codabox.client.question", "contact_id", "Questions")
    open_count = fields.Integer("Not answered", compute="_compute_open_count")
    mailed_on = fields.Date("Last mail", readonly=True, copy=False)
    # The last mail. It has the link of the page, so nobody of the office reads it.
    mail_id = fields.Many2one(
        "mail.mail",
        readonly=True,
        copy=False,
        ondelete="set null",
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    problem = fields.Char(compute="_compute_problem")

    _company_unique = models.Constraint(
        "UNIQUE(company_id)", "A company has one contact for questions."
    )

    @api.depends("question_ids.state")
    @api.depends_context("uid")
    def _compute_open_count(self):
        for contact in self:
            contact.open_count = len(contact.question_ids.filtered("is_open"))

    @api.depends("partner_id.email")
    @api.depends_context("lang")
    def _compute_problem(self):
        for contact in self:
            mail = contact.sudo().mail_id
            if not contact.sudo().partner_id.email_normalized:
                contact.problem = self.env._("No e-mail address")
            elif mail.state in ("exception", "cancel"):
                contact.problem = self.env._("The last mail did not arrive")
            else:
                contact.problem = False

    # -------------------------------------------------------------------------
    # Who it is
    # -------------------------------------------------------------------------

    @api.model
    def _of(self, company):
        """Return the contact of a company, as superuser; empty where none is remembered."""
        return self.sudo().search([("company_id", "=", company.id)])

    @api.model
    def _remember(self, company, partner):
        """Have this partner answer for a company from now on.

        The page of who answered before is closed to him, and the next mail goes to the new one.

        :return: the contact, as superuser.
        """
        contact = self._of(company)
        if not contact:
            return self.sudo().create({"company_id": company.id, "partner_id": partner.id})
        if contact.partner_id != partner:
            contact.write({"partner_id": partner.id, "mailed_on": False, "access_token": False})
        return contact

    @api.model
    def _propose(self, company):
        """Return the partner who probably answers for a company.

        The one remembered, else of the company's own contacts a user of the portal, else who has
        an address.
        """
        known = self._of(company).partner_id
        if known:
            return known
        client = company.sudo().partner_id
        contacts = client | client.child_ids
        users = contacts.filtered(lambda p: any(user._is_portal() for user in p.user_ids))
        return (users | contacts).filtered("email_normalized")[:1]

    # -------------------------------------------------------------------------
    # Who is told
    # -------------------------------------------------------------------------

    def _feed(self):
        """Return the client at CodaBox that this company is, as superuser; may be empty."""
        feeds = self.env["codabox.feed"].sudo()
        return feeds.search([("company_id", "=", self.company_id.id)], limit=1)

    def _office(self):
        """Return the company that asks: the office, else the company itself."""
        self.ensure_one()
        return self._feed().connection_id.company_id or self.company_id

    def _responsible(self):
        """Return who is told of answers: the responsible of the client, else who asked last."""
        self.ensure_one()
        feed = self._feed()
        user = feed._responsible() if feed else self.env["res.users"]
        if user.active and self.company_id in user.company_ids:
            return user
        return self.sudo().question_ids.sorted("id")[-1:].user_id or self.create_uid

    def _tell_answer(self):
        """Open one to-do for the responsible, unless one is open already."""
        self.ensure_one()
        if not self.activity_search([ACTIVITY]):
            self.activity_schedule(ACTIVITY, user_id=self._responsible().id)
