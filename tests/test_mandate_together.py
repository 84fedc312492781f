"""An office with many mandates that wait gets one to-do for them, not one for each."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..models.mandate.codabox_mandate_follow import ACTIVITY, TOGETHER
from .common import CodaboxCase
from .test_mandate_follow import PROBLEM, STUCK

MANY = TOGETHER + 2


@tagged("-at_install", "post_install")
class TestMandateTogether(CodaboxCase):
    def bring(self, count, state="sent-client"):
        """CodaBox has so many clients whose mandate waits for weeks; the night reads them."""
        self.clients = [self.sandbox.add_client(f"W{n}", accounts=[]) for n in range(count)]
        since = (fields.Datetime.now() - timedelta(days=40)).isoformat()
        for number, feed in enumerate(self.clients):
            with self.sandbox.editing(feed) as client:
                client["social_mandates"] = []
                client["purchase_invoice_mandates"] = []
                client["coda_mandates"] = [
                    self.remote_mandate(f"m-{number}", state=state, state_modified_at=since)
                ]
        self.night()

    def remote_mandate(self, id, **values):
        with self.sandbox.editing(self.client) as client:
            return {**client["coda_mandates"][0], "id": id, "ibans": [], **values}

    def turn(self, feed, state, ago=timedelta()):
        since = (fields.Datetime.now() - ago).isoformat()
        with self.sandbox.editing(feed) as client:
            client["coda_mandates"][0].update(state=state, state_modified_at=since)

    def mandates(self):
        domain = [("connection_id", "=", self.connection.id), ("remote_id", "like", "m-%")]
        return self.env["codabox.mandate"].sudo().search(domain)

    def todos(self):
        """Return the to-dos of each mandate, and those on the connection."""
        return (
            self.mandates().activity_search([STUCK, PROBLEM]),
            self.connection.sudo().activity_search([ACTIVITY]),
        )

    def test_the_first_reading_of_many_gives_one_todo_with_how_many_they_are(self):
        self.bring(MANY)
        each, together = self.todos()
        self.assertFalse(each)
        self.assertEqual(together.user_id, self.accountant)
        self.assertIn(f"Standing still for too long: {MANY}.", together.note)
        action = self.env.ref("account_codabox.codabox_mandate_together_action")
        self.assertIn(f"/odoo/{action.path}", together.note)
        listed = (
            self.env["codabox.mandate"]
            .with_user(self.accountant)
            .search([("todo_together", "=", True)])
        )
        self.assertEqual(listed.sudo(), self.mandates())
        self.night()
        self.assertEqual(self.todos(), (each, together), "asked once")

    def test_few_get_a_todo_each(self):
        self.bring(TOGETHER)
        each, together = self.todos()
        self.assertEqual(sorted(each.mapped("res_id")), sorted(self.mandates().ids))
        self.assertFalse(together)

    def test_the_todo_counts_down_and_closes_by_itself(self):
        self.bring(MANY)
        for feed in self.clients[1:]:
            self.turn(feed, "sent-hq")
        self.night()
        _each, together = self.todos()
        self.assertIn("Standing still for too long: 1.", together.note)
        self.turn(self.clients[0], "sent-hq")
        self.night()
        self.assertEqual([len(found) for found in self.todos()], [0, 0])
        self.assertFalse(any(self.mandates().mapped("todo_together")))

    def test_what_turns_worse_in_the_second_of_the_question_gets_a_todo_of_its_own(self):
        moment = fields.Datetime.now()
        # Not the whole clock: a call to CodaBox measures by it how long it takes.
        self.patch(fields.Datetime, "now", lambda *_args: moment)
        self.assert_asked_again_when_it_turns_worse()

    def test_what_turns_worse_afterwards_gets_a_todo_of_its_own(self):
        self.assert_asked_again_when_it_turns_worse()

    def test_what_turned_worse_before_by_the_clock_of_codabox_gets_a_todo_of_its_own(self):
        self.assert_asked_again_when_it_turns_worse(ago=timedelta(days=2))

    def assert_asked_again_when_it_turns_worse(self, ago=timedelta()):
        self.bring(MANY)
        self.turn(self.clients[0], "problem", ago)
        self.night()
        each, together = self.todos()
        self.assertEqual(len(each), 1)
        self.assertIn(f"Standing still for too long: {MANY - 1}.", together.note)

    def test_a_todo_that_a_person_closed_comes_back_only_after_a_while(self):
        self.bring(MANY)
        self.todos()[1].action_feedback("Mailed them all.")
        self.night()
        self.assertEqual([len(found) for found in self.todos()], [0, 0])
        self.mandates().todo_on = fields.Datetime.now() - timedelta(days=15)
        self.night()
        self.assertEqual([len(found) for found in self.todos()], [0, 1])

    def test_who_may_not_see_the_office_is_asked_for_each(self):
        self.accountant.write(
            {
                "company_id": self.other_company.id,
                "company_ids": [fields.Command.set(self.other_company.ids)],
            }
        )
        self.bring(MANY)
        self.assertEqual([len(found) for found in self.todos()], [MANY, 0])
