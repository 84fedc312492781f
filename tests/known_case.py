"""A journal on which somebody types, and what he does with the comparison."""

from .common import CodaboxCase, date


class KnownCase(CodaboxCase):
    """A journal on which somebody types bank lines, and a client whose statements come."""

    mapped = True

    def setUp(self):
        super().setUp()
        self.income = self.env["account.account"].search(
            [("company_ids", "=", self.company.id), ("account_type", "=", "income")], limit=1
        )

    def typed(self, amount, day=15, label="", journal=None, **values):
        """Type a bank line on a day of January."""
        journal = journal or self.journal
        return (
            self.env["account.bank.statement.line"]
            .with_company(journal.company_id)
            .create(
                {
                    "journal_id": journal.id,
                    "date": date(2026, 1, day),
                    "amount": amount,
                    "payment_ref": label or "Typed",
                    **values,
                }
            )
        )

    def match(self, line):
        """Match a bank line against an account, as a person does."""
        line.move_id.button_draft()
        line.move_id.line_ids.filtered(
            lambda item: item.account_id == self.journal.suspense_account_id
        ).account_id = self.income
        line.move_id.action_post()
        self.assertTrue(line.is_reconciled)

    def compare(self, document, user=None):
        """Open the comparison as the button does; returns the wizard as its user has it."""
        action = self.press(document, "action_compare_known", user=user)
        self.assertEqual(action["res_model"], "codabox.compare")
        return self.env["codabox.compare"].sudo().browse(action["res_id"])

    def adopt(self, document):
        self.press(self.compare(document), "action_adopt_all")
        self.env.invalidate_all()

    def shown(self, document):
        """Return (movement, line in the books) of each row, as texts."""
        return [(row.label, row.line_label) for row in self.compare(document).line_ids]
