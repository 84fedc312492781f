from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..common.own_company import in_own_company


class CodaboxSodaMapping(models.Model):
    """Which account a code of a social secretariat is, for one company.

    Codes belong to the sender, so the same code may mean something else for another secretariat or
    another company. A row without secretariat serves every secretariat that has none of its own.
    Nothing is booked on a proposal: a person confirms it once.
    """

    _name = "codabox.soda.mapping"
    _description = "Payroll account mapping"
    _inherit = ["analytic.mixin", "codabox.facts.mixin"]
    _check_company_auto = True
    _order = "is_mapped, source, code, id"
    _rec_name = "code"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    source = fields.Char("Social secretariat", help="Empty: every social secretariat.")
    code = fields.Char(required=True, help="The account code in the file.")
    label = fields.Char(
        readonly=True, help="As the secretariat calls it, unless that may name a person."
    )
    account_id = fields.Many2one(
        "account.account",
        index="btree_not_null",
        check_company=True,
        domain="[('company_ids', 'parent_of', company_id)]",
        help="Empty: booked on the suspense account.",
    )
    account_text = fields.Char(
        "Account with number", compute="_compute_account_text", search="_search_account_text"
    )
    is_mapped = fields.Boolean("Mapped", compute="_compute_is_mapped", store=True)
    proposed_account_id = fields.Many2one(
        "account.account", "Proposal", compute="_compute_proposed_account_id"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    last_amount = fields.Monetary("Last amount", readonly=True)
    last_period = fields.Char("Last month", readonly=True)
    confirmed_by_id = fields.Many2one("res.users", "Mapped by", readonly=True)
    confirmed_at = fields.Datetime("Mapped on", readonly=True)
    learned_from_id = fields.Many2one(
        "account.move", "Learned from", readonly=True, index="btree_not_null", ondelete="set null"
    )
    previous_account_id = fields.Many2one("account.account", "Account before", readonly=True)

    _code_unique = models.UniqueIndex(
        "(company_id, COALESCE(source, ''), code)",
        "This code of this social secretariat is in the list already.",
    )

    @api.depends("account_id")
    def _compute_is_mapped(self):
        for mapping in self:
            mapping.is_mapped = bool(mapping.account_id)

    @api.depends("code", "company_id")
    def _compute_proposed_account_id(self):
        for company, mappings in self.grouped("company_id").items():
            accounts = mappings._chart(company) if company else {}
            for mapping in mappings:
                mapping.proposed_account_id = mapping._propose(accounts)

    # -------------------------------------------------------------------------
    # Proposals
    # -------------------------------------------------------------------------

    @api.model
    def _chart(self, company):
        """Return code -> account of a company's chart."""
        accounts = (
            self.env["account.account"]
            .with_company(company)
            .search([("company_ids", "parent_of", company.id), ("code", "!=", False)], order="code")
        )
        return {account.code: account for account in accounts}

    def _propose(self, accounts):
        """Return the account that this code probably is, empty when none is near.

        The same code; the same but for zeros at its end; else the longest account that the code
        begins with, from three digits on: ``618220`` is a detail of ``618000``.

        :param dict accounts: code -> account of the chart.
        """
        code = (self.code or "").strip()
        if code in accounts:
            return accounts[code]
        by_stem = {}
        for account_code, account in accounts.items():
            by_stem.setdefault(account_code.rstrip("0"), account)
        for length in range(len(code), 2, -1):
            stem = code[:length].rstrip("0")
            if len(code[:length]) >= 3 and stem in by_stem:
                return by_stem[stem]
        return self.env["account.account"]

    def action_confirm_proposals(self):
        """Take the proposal of each row that has no account yet; of all rows when none is ticked."""
        for mapping in self._or_all().filtered(
            lambda m: not m.account_id and m.proposed_account_id
        ):
            mapping.account_id = mapping.proposed_account_id
        return True

    # -------------------------------------------------------------------------
    # In its own company
    # -------------------------------------------------------------------------

    @api.depends("account_id")
    @api.depends_context("uid")
    def _compute_account_text(self):
        for mapping in self:
            mapping.account_text = mapping._account_name()

    def _account_name(self):
        """Return number and name of the account of this row in its company."""
        account = in_own_company(self).account_id.sudo()
        return " ".join(filter(None, [account.code, account.name])) or False

    @api.model
    def _search_account_text(self, operator, value):
        if operator != "ilike" or not value:
            return NotImplemented
        wanted = value.casefold()
        mapped = self.search([("account_id", "!=", False)])
        found = mapped.filtered(lambda m: wanted in (m._account_name() or "").casefold())
        return Domain("id", "in", found.ids)

    def _check_company(self, fnames=None):
        # EXTENDS base: says what to do, before Odoo says that something is inconsistent
        for mapping in self.sudo():
            if mapping.account_id and not (
                mapping.account_id.company_ids & mapping.company_id.parent_ids
            ):
                raise UserError(
                    self.env._(
                        "This account is not in the chart of %(company)s. Change the rows of one "
                        "company at a time.",
                        company=mapping.company_id.name,
                    )
                )
        return super()._check_company(fnames)

    # -------------------------------------------------------------------------
    # Who and when
    # -------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        mappings = super().create(vals_list)
        mappings.filtered("account_id").sudo().write(self._confirmation())
        return mappings

    def write(self, vals):
        if "account_id" not in vals:
            return super().write(vals)
        for mapping in self:
            before = mapping.account_id
            super(CodaboxSodaMapping, mapping).write(vals)
            if mapping.account_id != before:
                changes = {
                    "previous_account_id": before.id,
                    "learned_from_id": False,
                    **self._confirmation(),
                }
                super(CodaboxSodaMapping, mapping.sudo()).write(changes)
        return True

    def _confirmation(self):
        return {"confirmed_by_id": self.env.uid, "confirmed_at": fields.Datetime.now()}

    def action_undo(self):
        """Go back to the account before the last change, on the drafts that follow it too."""
        for mapping in map(in_own_company, self):
            lines = mapping._following_lines()
            mapping.account_id = mapping.previous_account_id
            account = mapping.account_id or mapping.company_id._codabox_payroll_suspense()
            lines.write({"account_id": account.id})
            lines.sudo().codabox_soda_account_id = account
        return True

    def _following_lines(self):
        """Return the items of draft payroll entries that stand where this row says."""
        if not self.account_id:
            return self.env["account.move.line"]
        domain = self._draft_domain() & Domain("account_id", "=", self.account_id.id)
        lines = self.env["account.move.line"].search(domain)
        return lines.filtered(lambda line: line.account_id == line.codabox_soda_account_id)

    def _draft_domain(self):
        """Return the domain of the items of draft payroll entries that this row speaks for."""
        domain = Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("parent_state", "=", "draft"),
                ("codabox_soda_code", "=", self.code),
            ]
        )
        return domain & self._source_domain()

    # -------------------------------------------------------------------------
    # Booking
    # -------------------------------------------------------------------------

    @api.model
    def _ensure(self, company, source, totals):
        """Return code -> mapping for the codes of a payroll, made where it is new.

        :param res.company company: whose payroll it is.
        :param str source: the social secretariat.
        :param totals: the ``Total`` values.
        :rtype: dict
        """
        amounts, labels, periods = {}, {}, {}
        for total in totals:
            amounts[total.account] = amounts.get(total.account, 0) + total.balance
            labels[total.account] = labels.get(total.account) or total.label
            periods[total.account] = max(periods.get(total.account, ""), total.period)
        found = self.search(
            [
                ("company_id", "=", company.id),
                ("source", "in", (source, False, "")),
                ("code", "in", list(amounts)),
            ]
        )
        own = {m.code: m for m in found if m.source == source}
        common = {m.code: m for m in found if not m.source and m.account_id}
        missing = [code for code in amounts if code not in own]
        created = self.create(
            [{"company_id": company.id, "source": source, "code": code} for code in missing]
        )
        own.update(zip(missing, created, strict=True))
        detail = company.codabox_soda_detail == "lines"
        for code, mapping in own.items():
            if periods[code] < (mapping.last_period or ""):
                continue  # an older month that comes late
            mapping.write(
                {
                    "last_amount": float(amounts[code]),
                    "last_period": periods[code],
                    "label": mapping.label if detail else labels[code] or mapping.label,
                }
            )
        return {
            code: mapping if mapping.account_id else common.get(code, mapping)
            for code, mapping in own.items()
        }

    @api.model
    def _row(self, company, source, code):
        """Return the row of a code of one secretariat, made when there is none."""
        found = self.search(
            [("company_id", "=", company.id), ("source", "=", source), ("code", "=", code)], limit=1
        )
        return found or self.create({"company_id": company.id, "source": source, "code": code})

    def _action_open(self, name):
        """Return the action that lists these rows.

        :param str name: title of the list.
        :rtype: dict
        """
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.codabox_soda_mapping_action"
        )
        return action | {"name": name, "domain": [("id", "in", self.ids)], "context": {}}

    # -------------------------------------------------------------------------
    # Drafts
    # -------------------------------------------------------------------------

    def _draft_lines(self):
        """Return the items of draft payroll entries that do not stand where these say.

        An item whose account a person changed on the entry is left alone.
        """
        lines = self.env["account.move.line"]
        for mapping in self.filtered("account_id"):
            domain = mapping._draft_domain() & Domain("account_id", "!=", mapping.account_id.id)
            lines |= lines.search(domain).filtered(
                lambda line: line.account_id == line.codabox_soda_account_id
            )
        return lines

    def _source_domain(self):
        """Return the domain of the items of the secretariats that this row speaks for."""
        if self.source:
            return Domain("codabox_soda_source", "=", self.source)
        own = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("code", "=", self.code),
                ("source", "not in", (False, "")),
                ("account_id", "!=", False),
            ]
        )
        return Domain("codabox_soda_source", "not in", own.mapped("source"))

    def action_apply_to_drafts(self):
        """Put the draft entries on the accounts of these rows; of all when none is ticked."""
        self.check_access("write")
        count = 0
        for mapping in map(in_own_company, self._or_all().filtered("account_id")):
            lines = mapping._draft_lines()
            lines.write(mapping._prepare_draft_line())
            lines.sudo().codabox_soda_account_id = mapping.account_id
            count += len(lines)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if count else "info",
                "message": self.env._("Items of draft entries changed: %(count)s.", count=count),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _or_all(self):
        """Return these rows, or every row of the selected companies when there are none."""
        return self or self.search([("company_id", "in", self.env.companies.ids)])

    def _prepare_draft_line(self):
        """Return what a draft item of this code gets.

        :rtype: dict
        """
        values = {"account_id": self.account_id.id}
        if self.analytic_distribution:
            values["analytic_distribution"] = self.analytic_distribution
        return values
