from odoo import api, fields, models
from odoo.tools.misc import format_date, formatLang

from ..common.own_company import in_own_company

KINDS = [
    ("document", "Document missing"),
    ("what", "What is this?"),
    ("private", "Private?"),
]
STATES = [
    ("asked", "To send"),
    ("sent", "Not answered"),
    ("answered", "Answered"),
    ("closed", "Closed"),
]
OPEN = ("asked", "sent")


class CodaboxClientQuestion(models.Model):
    """One question to the client about a bank line or a bill.

    What the bank wrote is read from the line, with the rights of who reads; nothing of it is kept
    here. Of wages a question tells more than its line does: it is for who reads the wages.
    """

    _name = "codabox.client.question"
    _inherit = ["codabox.facts.mixin"]
    _description = "Question to a client"
    _order = "id desc"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", "Client", required=True, readonly=True, ondelete="cascade", index=True
    )
    contact_id = fields.Many2one(
        "codabox.client.contact",
        "Who answers",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    partner_id = fields.Many2one(related="contact_id.partner_id", string="Contact")
    line_id = fields.Many2one(
        "account.bank.statement.line",
        "Bank line",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        check_company=True,
    )
    move_id = fields.Many2one(
        "account.move",
        "Bill",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        check_company=True,
    )
    # The bank says that this line pays wages.
    is_wages = fields.Boolean(readonly=True, export_string_translation=False)
    # Asked of what was matched or posted already.
    was_done = fields.Boolean(readonly=True, export_string_translation=False)
    kind = fields.Selection(KINDS, "Question", required=True, readonly=True)
    text = fields.Text("More", readonly=True)
    state = fields.Selection(STATES, compute="_compute_state", store=True, index=True)
    user_id = fields.Many2one("res.users", "Asked by", required=True, readonly=True)
    asked_on = fields.Datetime("Asked on", required=True, readonly=True)
    sent_on = fields.Datetime("Mailed on", readonly=True)
    times = fields.Integer("Mails", readonly=True, help="In how many mails it was asked.")
    answered_on = fields.Datetime("Answered on", readonly=True)
    withdrawn_on = fields.Datetime("Withdrawn on", readonly=True)
    is_private = fields.Selection([("yes", "Yes"), ("no", "No")], "Private", readonly=True)
    answer = fields.Text("What the client says", readonly=True)
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "codabox_client_question_file_rel",
        string="Files of the client",
        readonly=True,
    )
    bill_ids = fields.Many2many(
        "account.move", "codabox_client_question_bill_rel", string="Bills made", readonly=True
    )

    is_open = fields.Boolean(compute="_compute_is_open", export_string_translation=False)
    about = fields.Char(compute="_compute_about")
    days = fields.Integer(compute="_compute_days", help="Since it was asked.")
    outcome = fields.Char("Answer", compute="_compute_outcome")
    problem = fields.Char(related="contact_id.problem")

    _about_one = models.Constraint(
        "CHECK((line_id IS NULL) <> (move_id IS NULL))",
        "A question is about one bank line or one bill.",
    )

    # What is finished needs no answer any more; what is undone afterwards asks again by itself.
    @api.depends(
        "answered_on", "withdrawn_on", "sent_on", "was_done", "line_id.is_reconciled", "move_id.state"
    )  # fmt: skip
    def _compute_state(self):
        for question in self:
            if question.answered_on:
                question.state = "answered"
            elif question.withdrawn_on or question._is_finished():
                question.state = "closed"
            else:
                question.state = "sent" if question.sent_on else "asked"

    def _is_finished(self):
        """Return whether what is asked about was finished after it was asked, or is void."""
        self.ensure_one()
        if self.move_id.state == "cancel":
            return True
        done = self.line_id.is_reconciled or self.move_id.state == "posted"
        return done and not self.was_done

    @api.depends("state")
    def _compute_is_open(self):
        for question in self:
            question.is_open = question.state in OPEN

    @api.depends("asked_on", "answered_on")
    def _compute_days(self):
        now = fields.Datetime.now()
        for question in self:
            until = question.answered_on or now
            question.days = question.asked_on and (until - question.asked_on).days

    @api.depends("line_id", "move_id")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_about(self):
        for question in self:
            parts = question._about_parts()
            question.about = " · ".join(filter(None, parts.values())) or False

    def _about_parts(self):
        """Return what this question is about, in the format and with the rights of the reader.

        :return: ``date``, ``amount``, ``who`` and ``text``; nothing where he may not read it.
        :rtype: dict[str, str]
        """
        self.ensure_one()
        record = in_own_company(self.line_id or self.move_id)
        if not record.has_access("read"):
            return {}
        is_line = bool(self.line_id)
        amount = record.amount if is_line else record.amount_total
        name = record.partner_name if is_line else record.ref
        return {
            "date": format_date(self.env, record.date if is_line else record.invoice_date) or "",
            "amount": formatLang(self.env, amount, currency_obj=record.currency_id),
            "who": record.sudo().partner_id.name or (is_line and name) or "",
            "text": (record.payment_ref if is_line else name) or "",
        }

    @api.depends("state", "answer", "is_private", "attachment_ids")
    @api.depends_context("uid", "lang")
    def _compute_outcome(self):
        for question in self:
            question.outcome = question._outcome() or False

    def _outcome(self):
        """Return in one line what came of this question."""
        if self.state == "closed" and self.withdrawn_on:
            return self.env._("Withdrawn")
        if self.state == "closed":
            return self.env._("Finished without an answer")
        said = dict(self._fields["is_private"]._description_selection(self.env))
        files = len(self.sudo().attachment_ids)
        parts = [
            self.is_private and self.env._("Private: %s", said[self.is_private].lower()),
            " ".join((self.answer or "").split()),
            files and self.env._("Files: %s", files),
        ]
        return " · ".join(filter(None, parts))

    @api.depends("kind", "about")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for question in self:
            question.display_name = " – ".join(
                filter(None, [kinds.get(question.kind), question.about])
            )
