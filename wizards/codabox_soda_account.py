from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ..models.common.own_company import opens_in_own_company

_lt = LazyTranslate(__name__)

# What accounts of payroll mean in the Belgian minimum chart (PCMN/MAR), by how they begin.
MEANINGS = {
    "416": (_lt("Claims on staff"), "asset_current"),
    "453": (_lt("Withholding taxes payable"), "liability_current"),
    "454": (_lt("Social security payable"), "liability_current"),
    "455": (_lt("Remuneration payable"), "liability_current"),
    "456": (_lt("Holiday pay"), "liability_current"),
    "459": (_lt("Other social debts"), "liability_current"),
    "618": (_lt("Remuneration of directors"), "expense"),
    "620": (_lt("Remuneration and direct social benefits"), "expense"),
    "621": (_lt("Employer's social security contributions"), "expense"),
    "622": (_lt("Employer's contributions for extra-legal insurance"), "expense"),
    "623": (_lt("Other personnel costs"), "expense"),
    "624": (_lt("Retirement and survivors' pensions"), "expense"),
    "625": (_lt("Provision for holiday pay"), "expense"),
}
# What the classes of the chart are, for a code that is not among these.
CLASSES = {"4": "liability_current", "6": "expense", "7": "income"}


class CodaboxSodaAccount(models.TransientModel):
    """Create the account that a payroll code needs and the chart lacks, once a person agrees."""

    _name = "codabox.soda.account"
    _inherit = "codabox.dialog.mixin"
    _description = "Create an account for a payroll code"

    mapping_id = fields.Many2one(
        "codabox.soda.mapping", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="mapping_id.company_id")
    payroll_code = fields.Char("Payroll code", related="mapping_id.code")
    label = fields.Char(related="mapping_id.label")
    code = fields.Char("Account", required=True)
    name = fields.Char("Account name", required=True)
    account_type = fields.Selection(
        lambda self: self.env["account.account"]._fields["account_type"]._description_selection(
            self.env
        ),
        "Type",
        required=True,
    )  # fmt: skip

    @api.model
    def _prepare(self, mapping):
        """Return what is proposed for the code of a mapping.

        The code is padded with zeros to the length of the chart; the name is what it means in the
        Belgian minimum chart, never the label of the file, which may name a person.

        :param codabox.soda.mapping mapping: a row.
        :rtype: dict
        """
        code = mapping.code.strip()
        lengths = Counter(len(known) for known in mapping._chart(mapping.company_id))
        length = lengths.most_common(1)[0][0] if lengths else len(code)
        speaker = self.with_context(lang=mapping.company_id.partner_id.lang or self.env.lang)
        name, account_type = MEANINGS.get(code[:3], ("", CLASSES.get(code[:1], "expense")))
        return {
            "mapping_id": mapping.id,
            "code": code.ljust(length, "0"),
            "name": speaker.env._(name) if name else code,
            "account_type": account_type,
        }

    def action_create(self):
        """Create the account and map the code on it.

        :raise AccessError: for who may not change the chart of accounts.
        :raise UserError: when the chart has this code by now.
        """
        self.ensure_one()
        company = self.company_id
        if self.code in self.mapping_id._chart(company):
            raise UserError(
                self.env._("The chart of %(company)s has an account %(code)s already: choose it.",
                           company=company.name, code=self.code)
            )  # fmt: skip
        self.mapping_id.account_id = (
            self.env["account.account"]
            .with_company(company)
            .create(
                {
                    "code": self.code,
                    "name": self.name,
                    "account_type": self.account_type,
                    "company_ids": [fields.Command.set(company.ids)],
                }
            )
        )
        return {"type": "ir.actions.client", "tag": "soft_reload"}


class CodaboxSodaMapping(models.Model):
    _inherit = "codabox.soda.mapping"

    @opens_in_own_company
    def action_create_account(self):
        """Propose an account for this code; nothing is created before a person agrees."""
        self.ensure_one()
        wizard = self.env["codabox.soda.account"].create(
            self.env["codabox.soda.account"]._prepare(self)
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Create an account"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }
