"""The panel *Bank details* and the settings of the journal, as an accountant meets them."""

from decimal import Decimal

from odoo.tests import Form, tagged

from ..codabox.coda.builders import free_information, structured_information
from .common import OTHER_IBAN, credit, date, debit, party
from .test_coda_lines import CodaLinesCase


@tagged("-at_install", "post_install")
class TestBankDetails(CodaLinesCase):
    def panel(self, line, lang="en_US"):
        return str(line.with_user(self.accountant).with_context(lang=lang).codabox_panel)

    def test_the_panel_says_everything_in_words(self):
        line = self.book(
            debit(
                "9.99",
                code="00501000",
                structured={
                    "type": "127",
                    "creditor_id": "BE69ZZZ0477472701",
                    "mandate": "MANDATE-1",
                    "communication": "Subscription",
                },
                counterparty=party("TELECOM NV", OTHER_IBAN, "GKCCBEBB"),
                customer_reference="E2E-7",
                bank_reference="BANKREF1",
                value_date=date(2026, 1, 16),
                category_purpose="SUPP",
                information=[structured_information("008", ultimate_creditor="TELECOM GROUP")],
            )
        )
        panel = self.panel(line)
        for text in (
            "TELECOM NV",
            "BE43 0689 9999 9501",
            "GKCCBEBB",
            "MANDATE-1",
            "BE69ZZZ0477472701",
            "E2E-7",
            "BANKREF1",
            "01/16/2026",
            "00501000",
            "direct debit: direct debit paid",
            "SUPP (supplier payment)",
            "TELECOM GROUP",
        ):
            with self.subTest(text):
                self.assertIn(text, panel)

    def test_the_panel_says_why_a_payment_came_back(self):
        line = self.book(debit("9", code="00503000", return_type="2", return_reason="MD01"))
        self.assertIn("Returned: no valid mandate (MD01)", self.panel(line))

    def test_the_panel_shows_original_amount_batch_and_breakdown(self):
        details = [
            credit(
                "95",
                code="84150100",
                structured={
                    "type": "105",
                    "gross_account_currency": Decimal("95"),
                    "gross_original_currency": Decimal("100"),
                    "currency": "USD",
                    "rate": Decimal("1.0526"),
                },
            ),
            debit("2", code="84137013"),
        ]
        abroad, part, _other = self.book(
            credit("93", code="34150000", details=details),
            debit(
                "90",
                code="10101000",
                customer_reference="BATCH-7",
                details=[
                    debit("50", code="50101000", customer_reference="E2E-1"),
                    debit("40", code="50101000"),
                ],
            ),
        )
        panel = self.panel(abroad)
        for text in ("100.00 USD", "1.0526", "Bank charges, payment commission"):
            self.assertIn(text, panel)
        self.assertIn("BATCH-7", self.panel(part))
        self.assertIn("90.00", self.panel(part))
        self.assertEqual(part.transaction_details["end_to_end_id"], "E2E-1")
        self.assertEqual(part.transaction_details["batch"]["payment_information_id"], "BATCH-7")

    def test_what_the_bank_writes_is_text_and_never_markup(self):
        line = self.book(
            credit("9", bank_reference="<i>", information=[free_information("<script>alert(1)")])
        )
        self.assertNotIn("<script>", self.panel(line))
        self.assertNotIn("<i>", self.panel(line))
        self.assertIn("alert(1)", self.panel(line))

    def test_the_codes_are_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        line = self.book(credit("9", code="00150000"))
        self.assertIn("virement: virement reçu", self.panel(line, "fr_FR"))

    def test_a_line_that_is_not_from_codabox_has_no_panel(self):
        line = self.env["account.bank.statement.line"].create(
            {"journal_id": self.journal.id, "amount": 1, "payment_ref": "typed"}
        )
        self.assertFalse(line.codabox_panel)

    def test_an_accountant_names_the_partner_in_the_form(self):
        line = self.book(credit("9", counterparty=party("ACME NV", OTHER_IBAN)))
        partner = self.env["res.partner"].create({"name": "Acme"})
        view = "account_codabox.account_bank_statement_line_view_form"
        with Form(line.with_user(self.accountant), view=view) as form:
            form.partner_id = partner
        self.assertEqual(line.partner_id, partner)
        self.assertEqual(line.partner_name, "ACME NV")

    def test_the_buttons_lead_to_the_lines(self):
        line = self.book(credit("9"))
        lines = self.env["account.bank.statement.line"]
        for record in (line.statement_id, line.journal_id):
            action = record.with_user(self.accountant).action_codabox_transactions()
            self.assertEqual(lines.search(action["domain"]), line)
        action = line.move_id.with_user(self.accountant).action_codabox_bank_details()
        self.assertEqual((action["res_model"], action["res_id"]), (line._name, line.id))
