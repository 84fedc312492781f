"""The five samples of payroll files through the night run, booked as their names promise."""

from odoo.tests import tagged

from ..codabox.tests.soda_samples import (
    FOLDER,
    MONTHLY,
    NEGATIVE,
    ONE_CENT,
    REGULARISATION,
    TWO_EMPLOYERS,
)
from .common import date
from .soda_common import SodaCase


@tagged("-at_install", "post_install")
class TestSodaSamples(SodaCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company.write({"company_registry": "0505890632", "vat": False})

    def send(self, name):
        document = self.receive_soda(data=(FOLDER / name).read_bytes())
        self.assert_state(document, "imported")
        return document.payroll_ids.sorted("position").move_id

    def test_a_month_is_booked_on_the_proposals_once_they_are_confirmed(self):
        move = self.send(MONTHLY)
        mappings = self.env["codabox.soda.mapping"].search([("company_id", "=", self.company.id)])
        self.assertEqual(len(mappings), 10)
        mappings.action_confirm_proposals()
        mappings.action_apply_to_drafts()
        self.assertEqual(
            self.items(move),
            [
                ("620200", 10000.0),
                ("620300", 4000.0),
                ("621000", 3600.0),
                ("623700", 420.0),
                ("499000", 1570.0),  # the chart has no 625
                ("453000", -3100.0),
                ("454000", -5427.4),
                ("455000", -9072.6),
                ("456000", -1570.0),
                ("459000", -420.0),
            ],
        )
        self.assertEqual(move.date, date(2026, 1, 31))

    def test_a_regularisation_keeps_its_month_and_its_sides(self):
        move = self.send(REGULARISATION)
        self.assertEqual(move.date, date(2026, 2, 28))
        self.assertEqual([b for _, b in self.items(move)], [-250.0, 80.0, 32.68, 137.32])
        self.assertEqual(move.line_ids.sorted("sequence")[0].name[:13], "202601 620200")

    def test_two_employers_are_two_entries_in_two_companies(self):
        moves = self.send(TWO_EMPLOYERS)
        self.assertEqual(moves.company_id, self.company + self.other_company)
        self.assertEqual([sum(m.line_ids.mapped("debit")) for m in moves], [100.0, 200.0])

    def test_a_cent_of_difference_is_on_suspense_and_told(self):
        move = self.send(ONE_CENT)
        self.assertEqual(self.items(move)[-1], ("499000", -0.01))
        self.assertIn("0.01", move.codabox_flag_text)
        self.assertEqual(move.state, "draft")

    def test_negative_amounts_change_sides_and_zeros_are_no_items(self):
        move = self.send(NEGATIVE)
        self.assertEqual([b for _, b in self.items(move)], [-50.0, 50.0])
