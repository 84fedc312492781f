from odoo import api, fields, models
from odoo.tools.misc import format_date

from ...codabox import find_gaps


class CodaboxGap(models.Model):
    """Statements that are missing between two of one account.

    It is found again each time a statement of the account comes, goes or is decided on: it
    narrows, and closes by itself when nothing is missing any more. It never keeps a statement
    out of the books. States::

        open --[the missing statements are here]--> closed --[one is undone]--> open
    """

    _name = "codabox.gap"
    _description = "Missing bank statements"
    _order = "state desc, date_from desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    journal_id = fields.Many2one("account.journal", "Bank journal", readonly=True, index=True)
    feed_id = fields.Many2one("codabox.feed", "Client", readonly=True, index=True)
    account = fields.Char(required=True, readonly=True)
    currency_code = fields.Char("Currency", required=True, readonly=True)
    before_id = fields.Many2one(
        "codabox.statement", "After statement", readonly=True, index=True, ondelete="set null"
    )
    after_id = fields.Many2one(
        "codabox.statement", "Before statement", readonly=True, index=True, ondelete="set null"
    )
    date_from = fields.Date("From", required=True, readonly=True)
    date_to = fields.Date("To", required=True, readonly=True)
    numbers = fields.Char(
        "Missing numbers",
        readonly=True,
        help="Empty where the bank does not number its statements one by one.",
    )
    statement_count = fields.Integer(
        "Statements", readonly=True, help="Number of missing statements, where it is known."
    )
    closing_balance = fields.Float(
        "Balance before", digits=(16, 3), readonly=True, help="Closing balance of the one before."
    )
    opening_balance = fields.Float(
        "Balance after", digits=(16, 3), readonly=True, help="Opening balance of the one after."
    )
    amount = fields.Float(
        "Missing amount",
        digits=(16, 3),
        readonly=True,
        help="What the missing statements add to the balance. Zero: only their numbers show that "
        "they are missing.",
    )
    state = fields.Selection(
        [("open", "Missing"), ("closed", "Filled")],
        required=True,
        default="open",
        readonly=True,
        index=True,
    )
    closed_at = fields.Datetime("Filled on", readonly=True)
    requested_at = fields.Datetime("Asked to CodaBox on", readonly=True)
    requested_by_id = fields.Many2one("res.users", "Asked by", readonly=True)

    @api.depends("numbers", "date_from", "date_to", "statement_count")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for gap in self:
            gap.display_name = gap._label()

    def _label(self):
        """Return "Statements 038-039 missing", or the period where numbers mean nothing."""
        self.ensure_one()
        if self.numbers and self.statement_count == 1:
            return self.env._("Statement %(numbers)s missing", numbers=self.numbers)
        if self.numbers:
            return self.env._("Statements %(numbers)s missing", numbers=self.numbers)
        if self.date_from == self.date_to:
            return self.env._(
                "Statement of %(day)s missing", day=format_date(self.env, self.date_from)
            )
        return self.env._(
            "Statements from %(first)s to %(last)s missing",
            first=format_date(self.env, self.date_from),
            last=format_date(self.env, self.date_to),
        )

    # -------------------------------------------------------------------------
    # Find
    # -------------------------------------------------------------------------

    @api.model
    def _refresh(self, accounts):
        """Bring the gaps of accounts in line with the statements that are here.

        :param accounts: (company, account number, currency code) triples.
        """
        for company, account, currency_code in accounts:
            self.sudo()._refresh_account(company, account, currency_code)

    @api.model
    def _refresh_account(self, company, account, currency_code):
        statements = self.env["codabox.statement"]._chain(company, account, currency_code)
        found = find_gaps(statement._chain_link() for statement in statements)
        known = self.search(
            [
                ("company_id", "=", company.id),
                ("account", "=", account),
                ("currency_code", "=", currency_code),
            ]
        )
        stale = known.filtered(lambda gap: gap.state == "open")
        for gap, values in self._match(known, self._prepare_all(found)):
            if gap:
                gap._update(values)
                stale -= gap
            else:
                self.create(values)
        stale.write({"state": "closed", "closed_at": fields.Datetime.now()})

    @api.model
    def _match(self, known, wanted):
        """Yield (gap or nothing, values): each with the gap that it goes on.

        The same neighbours come first, filled or not; then one same neighbour of an open gap,
        which narrows, widens or falls apart.
        """
        left = known
        later = []
        for values in wanted:
            sides = values["before_id"], values["after_id"]
            same = left.filtered(lambda gap, s=sides: (gap.before_id.id, gap.after_id.id) == s)[:1]
            left -= same
            if same:
                yield same, values
            else:
                later.append(values)
        for values in later:
            gap = left.filtered(
                lambda gap, v=values: (
                    gap.state == "open"
                    and (gap.before_id.id == v["before_id"] or gap.after_id.id == v["after_id"])
                )
            )[:1]
            left -= gap
            yield gap, values

    def _update(self, values):
        """Write what changed; a filled gap that is there again is open again."""
        self.ensure_one()
        values = {**values, "state": "open", "closed_at": False}
        before = {name: self._fields[name].convert_to_write(self[name], self) for name in values}
        if before != values:
            self.write(values)

    @api.model
    def _prepare_all(self, gaps):
        """Return the values of gaps of one account.

        :param gaps: ``Gap`` values: what the chain of statements gives.
        :rtype: list[dict]
        """
        gaps = tuple(gaps)
        # Read together: an account may have hundreds of gaps, and they are found again for each
        # statement that is booked.
        sides = self.env["codabox.statement"].browse(
            dict.fromkeys(side.ref for gap in gaps for side in (gap.before, gap.after))
        )
        by_ref = {side.id: side for side in sides}
        return [self._prepare(gap, by_ref[gap.before.ref], by_ref[gap.after.ref]) for gap in gaps]

    @api.model
    def _prepare(self, gap, before, after):
        """Return the values of a gap.

        :param Gap gap: what the chain of statements gives.
        :param codabox.statement before: the last one before it.
        :param codabox.statement after: the first one after it.
        :rtype: dict
        """
        # Behind a restart nobody knows how far the bank counted before it.
        known = all(span.last and span.first > 1 for span in gap.numbers)
        count = sum(span.last - span.first + 1 for span in gap.numbers) if known else 0
        return {
            "company_id": after.company_id.id,
            "journal_id": (after.journal_id or before.journal_id).id,
            "feed_id": after.document_id.feed_id.id,
            "account": after.account,
            "currency_code": after.currency_code,
            "before_id": before.id,
            "after_id": after.id,
            "date_from": gap.first_day,
            "date_to": gap.last_day,
            "numbers": ", ".join(map(str, gap.numbers)) or False,
            "statement_count": count,
            "closing_balance": float(gap.before.closing),
            "opening_balance": float(gap.after.opening),
            "amount": float(gap.amount),
        }

    # -------------------------------------------------------------------------
    # Do
    # -------------------------------------------------------------------------

    @api.model
    def _action_open(self, domain):
        """Return the action that lists the gaps of a domain, the open ones first."""
        action = self.env["ir.actions.act_window"]._for_xml_id("account_codabox.codabox_gap_action")
        return action | {"domain": domain, "context": {"search_default_open": 1}}

    def action_open_redelivery(self):
        """Open the request to CodaBox for what is missing here."""
        self.env["codabox.connection"]._require_accountant()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Redelivery request"),
            "res_model": "codabox.redelivery",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_gap_ids": [
                    fields.Command.set(self.filtered(lambda gap: gap.state == "open").ids)
                ]
            },
        }

    def _note_requested(self):
        """Note who asked CodaBox for what is missing, and when."""
        self.check_access("read")
        self.sudo().write(
            {"requested_at": fields.Datetime.now(), "requested_by_id": self.env.user.id}
        )
