from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.base_iban.models.res_partner_bank import pretty_iban

from ..codabox import bank_name
from ..models.common.overtaken import done_again
from ..models.journal.codabox_statement_account import ACCOUNT_REASONS


class CodaboxAccountResolve(models.TransientModel):
    """Which journal an account has: a new one, an existing one, or none for good.

    The answer counts for every document that waits for this account; all are booked at once.
    """

    _name = "codabox.account.resolve"
    _inherit = "codabox.dialog.mixin"
    _description = "Give a CodaBox account its journal"

    statement_id = fields.Many2one("codabox.statement", required=True, readonly=True)
    company_id = fields.Many2one(related="statement_id.company_id")
    account = fields.Char(related="statement_id.account")
    currency_code = fields.Char(related="statement_id.currency_code")
    holder = fields.Char(related="statement_id.holder")
    bic = fields.Char(related="statement_id.bic")
    document_count = fields.Integer("Waiting documents", compute="_compute_document_count")
    choice = fields.Selection(
        [
            ("create", "Create a journal"),
            ("link", "Use an existing journal"),
            ("ignore", "Ignore this account"),
        ],
        required=True,
        default="create",
    )
    may_change_journals = fields.Boolean(compute="_compute_who_may")
    who_may = fields.Char(compute="_compute_who_may")
    name = fields.Char(
        "Journal name", compute="_compute_name", store=True, readonly=False, precompute=True
    )
    candidate_ids = fields.Many2many("account.journal", compute="_compute_candidates")
    journal_id = fields.Many2one(
        "account.journal",
        compute="_compute_journal_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('id', 'in', candidate_ids)]",
        context={"active_test": False},
    )
    is_archived = fields.Boolean(compute="_compute_is_archived")
    reason = fields.Text("Why")

    # -------------------------------------------------------------------------
    # Compute
    # -------------------------------------------------------------------------

    @api.depends("statement_id")
    def _compute_document_count(self):
        for wizard in self:
            wizard.document_count = len(wizard.statement_id._waiting_alike().document_id)

    @api.depends("company_id")
    @api.depends_context("uid")
    def _compute_who_may(self):
        """Say whether this user may change journals, as Odoo itself sees it, and who else may."""
        managers = self.env.ref("account.group_account_manager").sudo().all_user_ids
        for wizard in self:
            wizard.may_change_journals = self.env["account.journal"].has_access("create")
            wizard.who_may = ", ".join(
                managers.filtered(lambda u, w=wizard: u.active and w.company_id in u.company_ids)
                .sorted("name")
                .mapped("name")[:5]
            )

    @api.depends("statement_id")
    def _compute_name(self):
        for wizard in self:
            parts = [bank_name(wizard.bic), pretty_iban(wizard.account or "")]
            if wizard.currency_code != wizard.company_id.currency_id.name:
                parts.append(wizard.currency_code)
            wizard.name = " ".join(filter(None, parts))

    @api.depends("statement_id")
    def _compute_candidates(self):
        for wizard in self:
            wizard.candidate_ids = wizard.statement_id._candidate_journals()

    @api.depends("statement_id")
    def _compute_journal_id(self):
        """Propose the archived journal of this very account, else the only one that may be it."""
        for wizard in self:
            candidates = wizard.statement_id._candidate_journals()
            same = candidates.filtered("bank_account_id")
            wizard.journal_id = same[:1] or (len(candidates) == 1 and candidates)

    @api.depends("journal_id")
    def _compute_is_archived(self):
        for wizard in self:
            wizard.is_archived = bool(wizard.journal_id) and not wizard.journal_id.active

    def _title(self):
        self.ensure_one()
        return self.env._(
            "Account %(account)s (%(currency)s)", account=self.account, currency=self.currency_code
        )

    # -------------------------------------------------------------------------
    # Act
    # -------------------------------------------------------------------------

    def action_apply(self):
        """Do what was chosen and book every document that waited for it.

        :raise AccessError: when the user may not do this.
        :raise UserError: when a choice is incomplete.
        """
        self.ensure_one()
        self.env["codabox.connection"]._require_accountant()
        self.statement_id.check_access("read")
        waiting = self.statement_id._waiting_alike()
        if self.statement_id not in waiting or self.statement_id.reason_code not in ACCOUNT_REASONS:
            # Answered meanwhile: a second answer would make a second journal for one account.
            raise UserError(self.env._("This cannot be chosen here any more."))
        documents = waiting.document_id
        with done_again(self.env.cr):
            getattr(self, f"_apply_{self.choice}")()
        if self.choice != "ignore":
            self.statement_id.sudo()._accept_enterprise()
        documents.action_retry()
        counts = {
            "booked": len(documents.filtered(lambda d: d.state == "imported")),
            "waiting": len(documents.filtered(lambda d: d.state in ("waiting", "failed"))),
            "kept": len(documents.filtered(lambda d: d.state == "stored")),
        }
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self._title(),
                "message": self.env._(
                    "%(booked)s booked, %(kept)s kept, %(waiting)s still to do.", **counts
                ),
                "type": "warning" if counts["waiting"] else "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _apply_create(self):
        self._require_manager()
        self.env["account.journal"].sudo().with_company(self.company_id).create(
            self._prepare_journal()
        )
        self._forget_ignored()

    def _prepare_journal(self):
        """Return the values of the journal of this account; Odoo adds its accounts.

        :rtype: dict
        """
        currency = self._currency()
        return {
            "name": self.name or self.account,
            "type": "bank",
            "company_id": self.company_id.id,
            "currency_id": currency != self.company_id.currency_id and currency.id,
            "bank_acc_number": self.account,
            "bank_id": self.bic
            and self.env["res.bank"].search([("bic", "=ilike", f"{self.bic}%")], limit=1).id,
            "suspense_account_id": self.company_id.account_journal_suspense_account_id.id,
        }

    def _currency(self):
        """Return the currency of the account.

        :raise UserError: when it is not active in Odoo.
        """
        currency = self.env["res.currency"].search([("name", "=", self.currency_code)])
        if not currency:
            raise UserError(
                self.env._(
                    "The currency %(currency)s is not active. Activate it under Accounting > "
                    "Configuration > Currencies, then create the journal.",
                    currency=self.currency_code,
                )
            )
        return currency

    def _apply_link(self):
        self._require_manager()
        journal = self.journal_id.sudo()
        if not journal or self.journal_id not in self.statement_id._candidate_journals():
            raise UserError(
                self.env._(
                    "Choose a bank journal in %(currency)s that has no other account number.",
                    currency=self.currency_code,
                )
            )
        if not journal.bank_account_id:
            journal.set_bank_account(self.account)
        journal.active = True
        self._forget_ignored()

    def _apply_ignore(self):
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why this account is ignored."))
        self.env["codabox.ignored.account"].sudo().create(
            {
                "company_id": self.company_id.id,
                "account": self.account,
                "currency_code": self.currency_code,
                "holder": self.holder,
                "reason": self.reason.strip(),
            }
        )

    def _forget_ignored(self):
        """A journal is the newer answer for an account that was ignored."""
        self.env["codabox.ignored.account"]._find(self.statement_id).sudo()._lift()

    def _require_manager(self):
        """Refuse who may not change journals, as Odoo itself does, and say who may.

        :raise AccessError: for a user without the right on journals.
        """
        if self.may_change_journals:
            return
        raise AccessError(
            self.env._(
                "Creating or changing a journal needs the right “%(group)s”. Ask one of: %(users)s.",
                group=self.env.ref("account.group_account_manager").sudo().full_name,
                users=self.who_may or self.env._("your administrator"),
            )
        )
