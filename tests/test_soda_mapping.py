"""From the codes of a social secretariat to accounts: proposed, confirmed, learned, applied."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..codabox.soda import write_soda
from .common import OTHER_NUMBER, date
from .soda_common import GROSS, NET, TAX, SodaCase, credit, debit, soda


@tagged("-at_install", "post_install")
class TestSodaMapping(SodaCase):
    def setUp(self):
        super().setUp()
        self.mapping = self.env["codabox.soda.mapping"]

    def draft(self, **values):
        """Return the draft entry of a month that came in the night."""
        return self.receive_soda(self.month(**values)).payroll_ids.move_id

    def as_accountant(self, record):
        return record.with_user(self.accountant).with_context(
            allowed_company_ids=self.accountant.company_ids.ids
        )

    def change(self, move, *accounts):
        """Change the accounts of the first items of a draft on its form, as the accountant."""
        with Form(self.as_accountant(move), view="account.view_move_form") as form:
            for position, account in enumerate(accounts):
                with form.line_ids.edit(position) as line:
                    line.account_id = self.as_accountant(account)

    def row(self, code, source="TESTSOC"):
        return self.mapping.search(
            [("company_id", "=", self.company.id), ("source", "=", source), ("code", "=", code)]
        )

    # --- Proposals -------------------------------------------------------------------------------

    def test_proposals_are_the_same_code_a_padded_one_or_the_longest_beginning(self):
        for code, proposal in (
            ("620200", "620200"),
            ("4530", "453000"),
            ("4540", "454000"),
            ("618220", "618000"),
            ("62020001", "620200"),
            ("455123", "455000"),
            ("625000", ""),  # the chart has none, and 62 alone says nothing
            ("99", ""),
            ("ABC", ""),
        ):
            with self.subTest(code):
                row = self.mapping.new({"company_id": self.company.id, "code": code})
                self.assertEqual(row.proposed_account_id.code or "", proposal)

    def test_codes_of_the_first_month_are_listed_unmapped_with_their_amounts(self):
        self.draft()
        rows = self.as_accountant(self.mapping).search([])
        self.assertEqual(rows.mapped("code"), [TAX, NET, GROSS])
        self.assertFalse(any(rows.mapped("is_mapped")))
        self.assertEqual(rows.mapped("last_amount"), [-30.0, -70.0, 100.0])
        self.assertEqual(rows.mapped("label"), ["Tax", "Net", "Gross"])

    def test_ordinary_labels_are_seen_on_the_list_and_on_the_draft_and_a_name_is_not(self):
        labels = ["Frais propres à l'employeur", "Kosten eigen aan de werkgever", "Netto Provoost"]
        codes = ["620330", "620390", "455000"]
        amounts = [debit(code, "1", label) for code, label in zip(codes[:2], labels, strict=False)]
        month = self.month(*amounts, credit(codes[2], "2", labels[2]))
        move = self.receive_soda(month).payroll_ids.move_id
        rows = [self.row(code).label or "" for code in codes]
        self.assertEqual(rows, [*labels[:2], ""])
        names = " ".join(self.as_accountant(move).line_ids.mapped("name"))
        for label in labels[:2]:
            self.assertIn(label, names)
        self.assertNotIn("Provoost", names)

    def test_an_older_month_that_comes_late_does_not_replace_the_last_amounts(self):
        self.draft(period="202602")
        self.receive_soda(self.month(debit(GROSS, "5.00"), credit(TAX, "5.00"), period="202601"))
        rows = self.as_accountant(self.mapping).search([], order="code")
        self.assertEqual(rows.mapped("last_amount"), [-30.0, -70.0, 100.0])
        self.assertEqual(set(rows.mapped("last_period")), {"202602"})

    def test_the_accountant_confirms_the_proposals_and_applies_them_to_the_drafts(self):
        move, later = self.draft(), self.draft(period="202602")
        self.assertEqual(self.as_accountant(move).codabox_unmapped_count, 3)
        rows = self.as_accountant(self.mapping).search([])
        rows.action_confirm_proposals()
        self.assertEqual(rows.confirmed_by_id, self.accountant)
        self.assertEqual(self.items(move)[0][0], "499000", "a draft changes only when asked")
        rows.action_apply_to_drafts()
        for entry in move + later:
            self.assertEqual(self.items(entry), [(GROSS, 100.0), (TAX, -30.0), (NET, -70.0)])
        self.assertEqual(self.as_accountant(move).codabox_unmapped_count, 0)

    def test_what_a_person_changed_or_posted_is_not_changed_again(self):
        changed, posted = self.draft(), self.draft(period="202602")
        self.change(changed, self.account("621000"))
        posted._codabox_override("The client knows these codes")
        posted.action_post()
        rows = self.as_accountant(self.mapping).search([])
        rows.action_confirm_proposals()
        rows.action_apply_to_drafts()
        self.assertEqual([code for code, _ in self.items(changed)], ["621000", TAX, NET])
        self.assertEqual({code for code, _ in self.items(posted)}, {"499000"})

    def test_a_row_without_secretariat_serves_all_that_have_none_of_their_own(self):
        self.map_codes({GROSS: "620300"}, source=False)
        self.map_codes({GROSS: "620400"}, source="OTHERSOC")
        first = self.draft()
        other = self.receive_soda(self.month(sequence="7"), source="OTHERSOC").payroll_ids.move_id
        self.assertEqual(self.items(first)[0][0], "620300")
        self.assertEqual(self.items(other)[0][0], "620400")
        # None is ticked: all rows, each for its own secretariats.
        self.as_accountant(self.mapping).action_apply_to_drafts()
        self.assertEqual(self.items(other)[0][0], "620400")
        self.mapping.search([("source", "=", False)]).account_id = self.account(GROSS)
        self.as_accountant(self.mapping).action_apply_to_drafts()
        self.assertEqual(self.items(first)[0][0], GROSS)
        self.assertEqual(self.items(other)[0][0], "620400")

    def test_an_analytic_distribution_goes_with_its_code(self):
        plan = self.env["account.analytic.plan"].create({"name": "Shops"})
        shop = self.env["account.analytic.account"].create({"name": "Shop", "plan_id": plan.id})
        self.map_codes()
        self.row(GROSS).analytic_distribution = {str(shop.id): 100}
        move = self.draft()
        self.assertEqual(
            [line.analytic_distribution for line in move.line_ids.sorted("sequence")],
            [{str(shop.id): 100}, False, False],
        )

    # --- Learned ---------------------------------------------------------------------------------

    def test_always_is_learned_with_who_and_where_and_used_next_month(self):
        move = self.draft()
        self.change(move, self.account("620300"), self.account(TAX))
        entry = self.as_accountant(move)
        self.assertIn(GROSS, entry.codabox_question)
        entry.action_codabox_always()
        self.assertFalse(entry.codabox_question)
        row = self.row(GROSS)
        self.assertRecordValues(
            row,
            [
                {
                    "account_id": self.account("620300").id,
                    "confirmed_by_id": self.accountant.id,
                    "learned_from_id": move.id,
                    "previous_account_id": False,
                }
            ],
        )
        self.assertTrue(row.confirmed_at)
        later = self.draft(period="202602")
        self.assertEqual([code for code, _ in self.items(later)], ["620300", TAX, "499000"])

    def test_only_this_time_is_not_learned_and_asked_once(self):
        move = self.draft()
        self.change(move, self.account("620300"))
        entry = self.as_accountant(move)
        entry.action_codabox_once()
        self.assertFalse(entry.codabox_question)
        self.assertEqual(self.items(move)[0][0], "620300")
        self.assertFalse(self.row(GROSS).account_id)
        self.assertEqual(self.items(self.draft(period="202602"))[0][0], "499000")

    def test_what_was_learned_is_offered_for_other_drafts(self):
        move, other = self.draft(), self.draft(period="202602")
        self.change(move, self.account("620300"))
        action = self.as_accountant(move).action_codabox_always()
        rows = self.as_accountant(self.mapping).search(action["domain"])
        self.assertEqual(rows, self.row(GROSS))
        rows.action_apply_to_drafts()
        self.assertEqual(self.items(other)[0][0], "620300")

    def test_two_accounts_for_one_code_are_asked_not_learned(self):
        move = self.receive_soda(
            self.month(debit(GROSS, "60"), debit(GROSS, "40", period="202512"), credit(NET, "100"))
        ).payroll_ids.move_id
        self.change(move, self.account("620200"), self.account("620300"), self.account(NET))
        action = self.as_accountant(move).action_codabox_always()
        self.assertEqual(self.mapping.search(action["domain"]), self.row(GROSS))
        self.assertFalse(self.row(GROSS).account_id)
        self.assertEqual(self.row(NET).account_id, self.account(NET))
        self.assertIn(GROSS, self.as_accountant(move).codabox_question)

    def test_undo_goes_back_to_the_account_before(self):
        self.map_codes()
        row = self.as_accountant(self.row(GROSS))
        row.account_id = self.account("620300")
        row.action_undo()
        self.assertEqual(row.account_id, self.account(GROSS))

    def test_a_copied_entry_asks_nothing(self):
        move = self.draft()
        copy = move.copy()
        self.change(copy, self.account("620300"))
        self.assertFalse(copy.codabox_question)
        self.assertFalse(copy.codabox_unmapped_count)

    # --- Rights ----------------------------------------------------------------------------------

    def test_who_only_reads_changes_no_mapping(self):
        self.draft()
        row = self.row(GROSS)
        auditor = self.env["res.users"].create(
            {
                "name": "Auditor",
                "login": "auditor_mapping",
                "company_id": self.company.id,
                "company_ids": [(6, 0, self.company.ids)],
                "group_ids": [(6, 0, self.env.ref("account.group_account_readonly").ids)],
            }
        )
        self.assertTrue(row.with_user(auditor).read(["code"]))
        with self.assertRaises(AccessError):
            row.with_user(auditor).account_id = self.account(GROSS)

    def test_an_account_of_another_company_is_refused(self):
        self.draft()
        with self.assertRaises(UserError):
            self.row(GROSS).account_id = self.account(GROSS, self.other_company)

    def test_a_mapping_is_copied_to_another_company_by_account_code(self):
        rows = self.map_codes()
        wizard = self.env["codabox.soda.copy"].create(
            {"mapping_ids": [(6, 0, rows.ids)], "company_id": self.other_company.id}
        )
        wizard.action_copy()
        copied = self.mapping.search([("company_id", "=", self.other_company.id)])
        self.assertEqual(len(copied), 3)
        for row in copied:
            self.assertEqual(row.account_id, self.account(row.code, self.other_company))
        stranger = self.env["codabox.soda.copy"].with_user(self.accountant)
        with self.assertRaises(UserError):
            stranger.create(
                {"mapping_ids": [(6, 0, rows.ids)], "company_id": self.other_company.id}
            ).action_copy()


@tagged("-at_install", "post_install")
class TestSodaPosting(SodaCase):
    """Posted by itself only when nothing at all is in doubt."""

    def setUp(self):
        super().setUp()
        self.map_codes()
        self.company.codabox_soda_post = True

    def state(self, *entries, **options):
        return self.receive_soda(*entries, **options).payroll_ids.move_id.state

    def test_a_fully_mapped_payroll_is_posted(self):
        self.assertEqual(self.state(self.month()), "posted")

    def test_without_the_option_it_stays_a_draft(self):
        self.company.codabox_soda_post = False
        self.assertEqual(self.state(self.month()), "draft")

    def test_what_is_in_doubt_is_never_posted(self):
        data = write_soda(soda(self.month()))
        for name, options in (
            ("a code", {"entries": [self.month(debit("625000", "1"), credit(NET, "1"))]}),
            ("a cent", {"entries": [self.month(debit(GROSS, "1.00"), credit(NET, "0.99"))]}),
            ("an element", {"data": data.replace(b"<Label>", b"<Cost>1</Cost><Label>")}),
            ("the version", {"data": data.replace(b">1.2<", b">2.0<")}),
        ):
            with self.subTest(name), self.rolled_back():
                entries = options.pop("entries", [])
                self.assertEqual(self.state(*entries, **options), "draft")

    def typed(self, day, *amounts):
        """Post an entry as a person types it."""
        move = self.env["account.move"].create(
            {
                "date": day,
                "journal_id": self.env["account.journal"]
                .search([("type", "=", "general"), ("company_id", "=", self.company.id)], limit=1)
                .id,
                "line_ids": [
                    (0, 0, {"account_id": self.account(code).id, "balance": amount, "name": "x"})
                    for code, amount in zip(("620300", TAX, NET), amounts, strict=True)
                ],
            }
        )
        move.action_post()
        return move

    def test_a_payroll_that_was_typed_by_hand_is_told_and_not_posted(self):
        typed = self.typed(date(2026, 1, 15), 100.0, -30.0, -70.0)
        move = self.receive_soda(self.month()).payroll_ids.move_id
        self.assertEqual(move.state, "draft")
        self.assertIn(typed.name, move.codabox_payroll_notice)

    def test_other_totals_or_another_month_do_not_stop_it(self):
        self.typed(date(2026, 1, 15), 100.0, -31.0, -69.0)
        self.typed(date(2025, 12, 31), 100.0, -30.0, -70.0)
        self.assertEqual(self.state(self.month()), "posted")

    def test_the_second_month_is_posted_once_the_first_one_was_mapped(self):
        self.env["codabox.soda.mapping"].search([("company_id", "=", self.company.id)]).unlink()
        first = self.receive_soda(self.month()).payroll_ids.move_id
        self.assertEqual(first.state, "draft")
        rows = self.env["codabox.soda.mapping"].search([("company_id", "=", self.company.id)])
        rows.with_user(self.accountant).action_confirm_proposals()
        self.assertEqual(self.state(self.month(period="202602")), "posted")

    def test_another_company_is_not_touched_by_this_ones_setting(self):
        document = self.receive_soda(
            self.month(sequence="1"), self.month(sequence="2", enterprise=OTHER_NUMBER)
        )
        moves = document.payroll_ids.sorted("position").move_id
        self.assertEqual(moves.mapped("state"), ["posted", "draft"])
