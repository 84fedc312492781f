"""Rules are proposed once a week in one list, and what clients of an office do alike is one proposal."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..codabox.coda.builders import statement
from ..models.rules.starters import SETS, starters
from .common import OTHER_IBAN, OTHER_NUMBER, UNKNOWN_IBAN, date, debit, party
from .test_rules import RulesCase


@tagged("-at_install", "post_install")
class TestRulesWeekly(RulesCase):
    def setUp(self):
        super().setUp()
        self.job = self.env.ref("account_codabox.ir_cron_rules")
        other = self.sandbox.add_client(
            "PIET", "Garage Piet", enterprise_num=f"BE{OTHER_NUMBER}", accounts=[OTHER_IBAN]
        )
        self.other_journal = self.make_journal(self.other_company, OTHER_IBAN)
        self.map_client(self.other_company, feed=other)
        self.other_feed = other
        self.keeper = self.env.user

    def book_both(self, *movements, account="657200", other_account=None, said=3):
        """Book the same movements of both clients, the first ones by hand on these accounts."""
        ours = self.recent(*movements)
        day = fields.Date.today() - timedelta(days=10)
        document = self.receive(
            statement(
                account=OTHER_IBAN, enterprise_number=OTHER_NUMBER, opening="0",
                movements=movements, number=290, day=day, opening_day=day - timedelta(days=1),
            ),
            feed=self.other_feed,
        )  # fmt: skip
        self.assert_state(document, "imported")
        theirs = document.statement_ids.bank_statement_id.line_ids.sorted("internal_index")
        for lines, code in ((ours, account), (theirs, other_account or account)):
            if code:
                account_ = self.account(code, lines.company_id)
                self.say(lines[:said], user=self.keeper, account_id=account_.id)
        return ours, theirs

    def week(self):
        """Let the weekly job run, as if a week has passed; return the proposals but for starters."""
        self.env["res.company"].sudo().search([]).codabox_rules_looked_on = False
        self.run_job(self.job)
        self.env.invalidate_all()
        return self.env["codabox.rule"].sudo().search([("learned_count", ">", 0)])

    def test_the_job_ships_once_a_week_and_looks_at_each_company_once(self):
        self.assertEqual((self.job.interval_number, self.job.interval_type), (7, "days"))
        self.week()
        looked = (self.company | self.other_company).mapped("codabox_rules_looked_on")
        self.assertTrue(all(looked))
        self.assertFalse(self.env["codabox.rule"].sudo()._companies_to_look_at())

    def test_what_two_clients_book_alike_is_one_proposal_for_all_with_its_numbers(self):
        self.book_both(*(debit("5", code="08013000") for _ in range(4)))
        rule = self.week()
        self.assertEqual(len(rule), 1)
        self.assertRecordValues(
            rule,
            [
                {
                    "name": "Separate fees and commissions: safe rental",
                    "scope": "clients",
                    "state": "proposal",
                    "company_id": self.company.id,
                    "code": "8013",
                    "account_code": "657200",
                    "learned_count": 6,
                    "learned_clients": 2,
                    "tried_count": 8,
                    "tried_same": 6,
                    "tried_other": 0,
                    "tried_open": 2,
                }
            ],
        )
        self.assertEqual(
            self.seen(rule, "learned_text"),
            "You booked 6 such lines on 657200 in 2 clients: as a rule these would have been done.",
        )
        self.assertEqual(self.week(), rule, "the next week proposes nothing anew")
        rule.action_switch_off()
        self.assertEqual(self.week(), rule, "what was switched off is not proposed again")

    def test_switched_on_by_who_keeps_both_it_books_in_both(self):
        lines = self.book_both(*(debit("5", code="08013000") for _ in range(4)))
        rule = self.week()
        self.switch_on(rule, user=self.keeper)
        self.do(rule, "action_apply", user=self.keeper)
        for line in (lines[0][-1], lines[1][-1]):
            self.assertEqual(self.counterparts(line), [("657200", 5.0)])

    def test_a_client_that_books_otherwise_is_left_out_of_it_and_has_its_own(self):
        third = self.make_company("Kapper An", "0403170701")
        self.book_both(
            *(debit("5", code="08013000") for _ in range(4)), other_account="610000", said=3
        )
        rules = self.week()
        self.assertEqual(set(rules.mapped("scope")), {"company"})
        # One more client does as the first one: now there are two of three.
        rules.filtered(lambda r: r.company_id == self.company).copy({"company_id": third.id}).write(
            {"is_found": True}
        )
        self.env["codabox.feed"].sudo().create(
            {
                "connection_id": self.connection.id,
                "remote_id": 990000,
                "name": "Kapper An",
                "company_id": third.id,
            }
        )
        joined = self.week().filtered(lambda r: r.scope == "clients")
        self.assertEqual(joined.not_company_ids, self.other_company)
        own = self.week() - joined
        self.assertEqual((own.company_id, own.account_code), (self.other_company, "610000"))

    def test_what_an_account_alone_tells_apart_may_be_a_person_and_asks_for_three_clients(self):
        private = party("JAN JANSSENS", UNKNOWN_IBAN)
        self.book_both(*(debit("9", counterparty=private) for _ in range(3)), account="610000")
        rules = self.week()
        self.assertEqual(rules.mapped("scope"), ["company", "company"])

    def test_a_proposal_that_a_person_changed_is_joined_with_no_other(self):
        self.recent(*(debit("5", code="08013000") for _ in range(3)))
        own = self.proposals()
        self.press(own, "write", {"name": "Mine"})
        self.env.invalidate_all()
        self.assertFalse(own.is_found)

    def test_taxes_on_several_accounts_in_one_text_are_booked_by_no_rule(self):
        state = party("FOD FINANCIEN", "BE22679200300047")
        vat = self.rule(is_state=True, text="btw", account_code="451000")
        tax = self.rule(is_state=True, text="personenbelasting", account_code="416000")
        for rule in (vat, tax):
            self.switch_on(rule)
        both, one = self.recent(
            debit("9", counterparty=state, communication="BTW en personenbelasting"),
            debit("8", counterparty=state, communication="BTW 3"),
        )
        self.assert_open(both)
        self.assertEqual(self.counterparts(one)[0][0], "451000")

    def test_starters_hold_from_their_day_on(self):
        first = min(SETS)
        self.assertFalse(starters(first - timedelta(days=1)))
        self.assertEqual(starters(first), SETS[first])
        self.assertEqual(starters(date(2999, 1, 1)), SETS[max(SETS)])

    def test_the_list_and_its_job_ask_the_database_no_more_for_many_clients(self):
        rules = self.env["codabox.rule"].sudo()
        feeds = self.env["codabox.feed"].sudo()
        counts = []
        for number in (5, 40):
            made = self.env["res.company"].create(
                [{"name": f"Client {number} {i}"} for i in range(number)]
            )
            feeds.create(
                [
                    {
                        "connection_id": self.connection.id,
                        "remote_id": 900000 + company.id,
                        "name": company.name,
                        "company_id": company.id,
                    }
                    for company in made
                ]
            )
            office = self.company.id
            for i in range(3):
                rules.create(
                    {"name": f"R{i}", "code": f"3{i}", "account_code": "6", "scope": "clients",
                     "company_id": office}
                ).write({"state": "on", "switched_by_id": self.keeper.id})  # fmt: skip
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rules.search([("state", "=", "on")])._companies_each()
            rules.search([], limit=80).read(["name", "learned_text", "state", "scope"])
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)
