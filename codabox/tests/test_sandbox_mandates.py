"""The sandbox's own part of mandates: life cycles, signing page, gate, control, latency."""

from __future__ import annotations

import time

import requests

from ..domain import Channel
from ..errors import ApiError
from ..mandates.states import CODA, PURCHASE_INVOICE, SODA, STATES
from ..sandbox import FEED_ID, FEED_INDEXES
from ..sandbox.const import CLIENT_ID
from ..sandbox.lifecycle import END, MOVES
from .mandate_case import BNP, ING, KBC, KBC_TWO, PAPER, MandateCase, new_client, one_day

PURCHASE = {
    "representative_name": "An Peeters",
    "representative_function": "bestuurder",
    "representative_email": "an@jo.example.test",
}


class LifeCycleCase(MandateCase):
    def setUp(self):
        super().setUp()
        self.jo = self.create(1)
        self.feed_id = self.feed_of(self.jo)

    def order(self, *ibans):
        mandates = self.api.order_coda_mandates(self.jo.id, ibans)
        return mandates[0] if len(mandates) == 1 else mandates

    def jo_now(self):
        return self.api.client(self.jo.id)

    def state(self, mandate):
        return self.sandbox.find_mandate(mandate.id)[2]["state"]


class LifeCycleTest(LifeCycleCase):
    def test_the_moves_are_between_states_of_the_reference(self):
        self.assertEqual(set(MOVES), set(STATES))
        for kind, moves in MOVES.items():
            self.assertEqual(set(moves), set(STATES[kind]), kind)
            for goals in moves.values():
                self.assertLessEqual(set(goals), set(STATES[kind]))
            self.assertEqual(moves[END[kind]], ())

    def walk(self, move, count):
        return [move()["state"] for _step in range(count)]

    def test_an_order_that_goes_well_runs_through_to_active(self):
        mandate = self.order(ING)
        steps = self.walk(lambda: self.sandbox.move_mandate(mandate.id), 3)
        self.assertEqual(steps, ["signed", "sent-hq", "active"])
        social = self.api.order_social_mandate(self.jo.id, "group_s")
        steps = self.walk(lambda: self.sandbox.move_mandate(social.id), 2)
        self.assertEqual([social.state, *steps], ["requested", "confirmed", "active"])
        self.api.order_purchase_invoice_mandate(self.jo.id, **PURCHASE)
        steps = self.walk(lambda: self.sandbox.move_purchase_invoices(self.jo.id), 3)
        self.assertEqual(steps, ["validation", "registration", "active"])
        now = self.jo_now()
        self.assertEqual(now.purchase_invoice_transmission_mandates[0].state, "active")
        self.assertEqual(now.current_purchase_invoice_mandate_state, "active")

    def test_there_is_no_way_but_those_of_the_life_cycle(self):
        mandate = self.order(ING)
        for state in ("active", "prepared", "nonsense", "sent-client"):
            with self.assertRaises(ValueError):
                self.sandbox.move_mandate(mandate.id, state)
        self.assertEqual(self.state(mandate), "available-online")
        self.sandbox.move_mandate(mandate.id, "archived")
        with self.assertRaises(ValueError):
            self.sandbox.move_mandate(mandate.id)
        with self.assertRaises(LookupError):
            self.sandbox.move_mandate("nothing")
        with self.assertRaises(LookupError):
            self.sandbox.move_purchase_invoices(self.jo.id)

    def test_a_problem_has_a_reason_until_it_is_solved(self):
        mandate = self.order(ING)
        before = mandate.state_modified_at
        self.sandbox.move_mandate(mandate.id, "problem", reason="Signature.", reason_code="R-3")
        (seen,) = self.jo_now().coda_mandates
        self.assertEqual(
            (seen.state, seen.reason, seen.reason_code), ("problem", "Signature.", "R-3")
        )
        self.assertGreater(seen.state_modified_at, before)
        self.sandbox.move_mandate(mandate.id, "signed")
        (seen,) = self.jo_now().coda_mandates
        self.assertEqual((seen.reason, seen.reason_code), (None, "R-0"))

    def test_accounts_follow_their_mandate(self):
        for account, waiting in (
            (ING, "pending-activation-by-bank"), (KBC, "pending-activation-by-client"),
        ):  # fmt: skip
            mandate = self.order(account)

            def seen(account=account):
                found = {item.iban: item.state for item in self.jo_now().bank_accounts}
                return found[account]

            self.assertEqual(seen(), "pending-signed-mandate")
            self.sandbox.move_mandate(mandate.id, "signed")
            self.assertEqual(seen(), waiting)
            self.sandbox.activate(self.jo.id)
            self.assertEqual(seen(), "active")

    def test_activating_leaves_what_has_ended(self):
        gone, kept = self.order(ING, KBC)
        self.sandbox.move_mandate(gone.id, "archived")
        self.sandbox.activate(self.jo.id)
        self.assertEqual((self.state(gone), self.state(kept)), ("archived", "active"))


class SigningPageTest(LifeCycleCase):
    def page(self, method, url):
        return requests.request(method, url, timeout=5)

    def test_a_browser_reads_and_signs(self):
        mandate = self.order(ING)
        page = self.page("GET", mandate.twikey_url)
        self.assertEqual((page.status_code, page.headers["Content-Type"][:9]), (200, "text/html"))
        for text in (ING, "Bakkerij 1", "ING", "An Peeters", '<button id="sign">'):
            self.assertIn(text, page.text)
        self.assertEqual(self.state(mandate), "available-online", "looking signs nothing")
        signed = self.page("POST", mandate.twikey_url)
        self.assertIn('id="signed"', signed.text)
        self.assertEqual(self.state(mandate), "signed")
        again = self.page("POST", mandate.twikey_url)
        self.assertEqual(again.status_code, 409)
        self.assertIn('id="closed"', self.page("GET", mandate.twikey_url).text)

    def test_twikey_tells_the_bank_at_once(self):
        mandate = self.order(BNP)
        self.page("POST", mandate.twikey_url)
        self.assertEqual(self.state(mandate), "sent-hq")

    def test_there_is_no_page_for_paper_or_nothing(self):
        mandate = self.order(PAPER)
        root = self.sandbox.url.removesuffix("v2/")
        for id in (mandate.id, "nothing", self.api.order_social_mandate(self.jo.id, "ucm").id):
            self.assertEqual(self.page("GET", f"{root}sign/{id}/").status_code, 404)
            self.assertEqual(self.page("POST", f"{root}sign/{id}/").status_code, 404)

    def test_names_cannot_break_the_page(self):
        with self.sandbox.editing(self.feed_id) as client:
            client["legal_entity"]["name"] = "<script>x</script>"
        page = self.page("GET", self.order(ING).twikey_url).text
        self.assertNotIn("<script>", page)
        self.assertIn("&lt;script&gt;", page)

    def test_it_is_not_part_of_the_api(self):
        mandate = self.order(ING)
        self.sandbox.clear_log()
        self.sandbox.fail("drop", times=None)
        self.assertEqual(self.page("GET", mandate.twikey_url).status_code, 200)
        self.assertEqual(self.sandbox.log, [])


class GateTest(LifeCycleCase):
    """The gate of CodaBox itself: what is listed, in each state."""

    def deliver(self, account, number=1, **options):
        return self.sandbox.add_document(
            self.feed_id, "coda", {"cod": one_day(account, number)}, mandate=False, **options
        )

    def test_seeded_clients_are_active_and_get_everything(self):
        self.assertEqual(tuple(self.listed(FEED_ID)), FEED_INDEXES)
        for model in (SODA, PURCHASE_INVOICE, "expense", "sales_invoice"):
            index = self.sandbox.add_document(FEED_ID, model, {"xml": b"<x/>"})
            self.assertIn(index, self.listed(FEED_ID))

    def test_an_account_without_mandate_gives_nothing_until_one_is_active(self):
        index = self.deliver(ING)
        self.assertEqual(self.listed(self.feed_id), [])
        mandate = self.order(ING)
        for state in ("available-online", "signed"):
            self.assertEqual(self.state(mandate), state)
            self.assertEqual(self.listed(self.feed_id), [], state)
            self.sandbox.move_mandate(mandate.id)
        self.assertEqual(self.state(mandate), "sent-hq")
        self.assertEqual(self.listed(self.feed_id), [index])
        self.assertEqual(self.state(mandate), "active", "the first file makes it active")
        self.assertEqual(self.api.download(index, "cod").content, one_day(ING))

    def test_what_is_held_cannot_be_downloaded_or_passed(self):
        index = self.deliver(ING)
        self.listed(self.feed_id)
        for call in (lambda: self.api.download(index, "cod"),
                     lambda: self.api.acknowledge(self.feed_id, index)):  # fmt: skip
            self.assertIn(self.refused(ApiError, call).status, (400, 404))

    def test_nothing_is_lost_when_others_were_confirmed_meanwhile(self):
        held, other = self.order(ING, KBC)
        self.sandbox.move_mandate(other.id, "signed")
        self.sandbox.move_mandate(other.id, "sent-hq")
        first = [self.deliver(ING, number) for number in (1, 2)]
        passed = self.deliver(KBC)
        self.assertEqual(self.listed(self.feed_id), [passed])
        self.api.acknowledge(self.feed_id, passed)
        self.assertEqual(self.listed(self.feed_id), [])
        self.sandbox.activate(self.jo.id)
        self.assertEqual(self.state(held), "active")
        self.assertEqual(self.listed(self.feed_id), first, "in order of arrival")

    def test_a_problem_stops_what_was_not_confirmed_and_solving_it_brings_it_back(self):
        self.sandbox.set_coda_mandate(FEED_ID, "BE62974123456761", state="problem")
        self.assertEqual(self.listed(FEED_ID), [FEED_INDEXES[1]])
        self.sandbox.set_coda_mandate(FEED_ID, "BE62974123456761", state="active")
        self.assertEqual(set(self.listed(FEED_ID)), set(FEED_INDEXES))

    def test_each_coda_state(self):
        self.check_each(CODA, {"sent-hq", "active"}, self.set_coda)

    def test_each_payroll_state(self):
        self.check_each(SODA, {"confirmed", "active"}, self.set_social)

    def test_each_purchase_invoice_state(self):
        self.check_each(PURCHASE_INVOICE, {"active"}, self.set_purchase)

    def check_each(self, model, delivering, set_state):
        """Deliver one undated document per state; a state nobody knows is delivered."""
        for state in (*STATES[model], "frozen"):
            set_state(state)
            index = self.sandbox.add_document(
                FEED_ID, model, {"xml": b"<x/>"}, metadata={"iban": "BE62974123456761"}
            )
            with self.subTest(state=state):
                listed = index in self.listed(FEED_ID)
                self.assertEqual(listed, state in (*delivering, "frozen"))

    def set_coda(self, state):
        self.sandbox.set_coda_mandate(FEED_ID, "BE62974123456761", state=state)

    def set_social(self, state):
        with self.sandbox.editing(FEED_ID) as client:
            client["social_mandates"][0]["state"] = state

    def set_purchase(self, state):
        with self.sandbox.editing(FEED_ID) as client:
            client["purchase_invoice_mandates"][0]["state"] = state

    def test_documents_up_to_the_end_of_a_mandate_still_come(self):
        self.sandbox.activate(CLIENT_ID)
        with self.sandbox.editing(FEED_ID) as client:
            for mandate in client["coda_mandates"]:
                mandate.update(state="archived", state_modified_at="2017-04-28T10:00:00.000000")
        self.assertEqual(tuple(self.listed(FEED_ID)), FEED_INDEXES, "both are of that day")
        with self.sandbox.editing(FEED_ID) as client:
            client["coda_mandates"][0]["state_modified_at"] = "2017-04-27T10:00:00.000000"
        self.assertEqual(self.listed(FEED_ID), [FEED_INDEXES[1]])

    def test_a_document_that_names_no_account_comes_with_any_good_mandate(self):
        for iban in (None, "X"):
            index = self.sandbox.add_document(
                FEED_ID, CODA, {"cod": b"x"}, metadata={"iban": iban}, mandate=False
            )
            self.assertIn(index, self.listed(FEED_ID))
            self.assertEqual(self.listed(self.feed_id), [])
            self.sandbox.add_document(
                self.feed_id, CODA, {"cod": b"x"}, metadata={"iban": iban}, mandate=False
            )
        self.assertEqual(self.listed(self.feed_id), [], "this client has no mandate at all")
        broken = self.sandbox.add_document(self.feed_id, CODA, {"cod": b"x"})
        self.assertIn(broken, self.listed(self.feed_id), "it brought one")

    def test_purchase_invoices_need_the_office_s_permission_too(self):
        index = self.sandbox.add_document(FEED_ID, PURCHASE_INVOICE, {"xml": b"<x/>"})
        with self.sandbox.editing(FEED_ID) as client:
            client["purchase_invoice_transmission_mandates"][0]["state"] = "invited"
        self.assertNotIn(index, self.listed(FEED_ID))

    def test_other_kinds_stop_with_the_client(self):
        index = self.sandbox.add_document(FEED_ID, "expense", {"xml": b"<x/>"})
        with self.sandbox.editing(FEED_ID) as client:
            client["state"] = "archived"
        self.assertNotIn(index, self.listed(FEED_ID))

    def test_a_new_secretariat_brings_its_mandate_unless_told_otherwise(self):
        for mandate in (False, True):
            index = self.sandbox.add_document(
                FEED_ID, SODA, {"xml": b"<x/>"},
                metadata={"social_welfare_id": "ucm"}, mandate=mandate,
            )  # fmt: skip
            self.assertEqual(index in self.listed(FEED_ID), mandate)

    def test_redelivery_has_the_same_gate(self):
        self.sandbox.redeliver(FEED_INDEXES[0])
        self.set_coda("problem")
        self.assertEqual(self.api.feed(FEED_ID, Channel.REDELIVERY).entries, ())
        self.set_coda("active")
        self.assertEqual(len(self.api.feed(FEED_ID, Channel.REDELIVERY).entries), 1)

    def test_the_gate_can_be_taken_away_and_then_no_state_changes(self):
        index = self.deliver(ING)
        mandate = self.order(ING)
        self.sandbox.move_mandate(mandate.id, "sent-hq")
        self.sandbox.move_mandate(mandate.id, "problem")
        self.assertEqual(self.listed(self.feed_id), [])
        self.sandbox.configure(gate=False)
        self.assertEqual(self.listed(self.feed_id), [index])
        self.assertEqual(self.state(mandate), "problem")
        self.sandbox.move_mandate(mandate.id, "signed")
        self.sandbox.move_mandate(mandate.id, "sent-hq")
        self.listed(self.feed_id)
        self.assertEqual(self.state(mandate), "sent-hq")

    def test_per_entry_acknowledgement_keeps_the_gate(self):
        self.sandbox.configure(per_entry_ack=True)
        self.set_coda("problem")
        self.assertEqual(self.listed(FEED_ID), [FEED_INDEXES[1]])
        self.api.acknowledge(FEED_ID, FEED_INDEXES[1])
        self.set_coda("active")
        self.assertEqual(self.listed(FEED_ID), [FEED_INDEXES[0]])


class ControlTest(LifeCycleCase):
    def control(self, method, path, body=None):
        root = self.sandbox.url.removesuffix("/v2/")
        answer = requests.request(method, f"{root}/_sandbox/{path}", json=body, timeout=5)
        return answer.status_code, answer.json()

    def test_mandates_are_moved_over_http(self):
        mandate = self.order(ING)
        social = self.api.order_social_mandate(self.jo.id, "group_s")
        self.api.order_purchase_invoice_mandate(self.jo.id, **PURCHASE)
        _status, listed = self.control("GET", "mandates")
        mine = [item for item in listed if item["feed_id"] == self.feed_id]
        self.assertEqual([item["kind"] for item in mine], [CODA, SODA, PURCHASE_INVOICE])
        self.assertEqual([item.get("id") for item in mine], [mandate.id, social.id, None])
        status, moved = self.control("POST", "sign", {"mandate_id": mandate.id})
        self.assertEqual((status, moved["state"]), (200, "signed"))
        _status, moved = self.control("POST", "move", {"mandate_id": mandate.id})
        self.assertEqual(moved["state"], "sent-hq")
        body = {"mandate_id": mandate.id, "state": "problem", "reason": "Name."}
        self.assertEqual(self.control("POST", "move", body)[1]["reason"], "Name.")
        body = {"client_id": self.jo.id, "state": "validation"}
        self.assertEqual(self.control("POST", "move-purchase", body)[1]["state"], "validation")
        self.assertEqual(self.control("POST", "activate", {"client_id": self.jo.id}), (200, {}))
        now = self.jo_now()
        states = {m.state for m in (*now.coda_mandates, *now.social_mandates,
                                    *now.purchase_invoice_mandates)}  # fmt: skip
        self.assertEqual(states, {"active"})

    def test_what_cannot_be_done_is_refused_with_the_reason(self):
        mandate = self.order(ING)
        for path, body in (
            ("move", {"mandate_id": mandate.id, "state": "active"}),
            ("move", {"mandate_id": "nothing"}),
            ("move-purchase", {"client_id": self.jo.id}),
            ("sign", {"mandate_id": "nothing"}),
            ("activate", {"client_id": "nobody"}),
            ("office", {"nonsense": True}),
        ):
            status, answer = self.control("POST", path, body)
            self.assertEqual(status, 400, path)
            self.assertTrue(answer["detail"])

    def test_the_office_and_the_settings_can_be_changed(self):
        self.control("POST", "office", {"delegates_mandate_delivery": True})
        self.assertTrue(self.api.fiduciaries()[0].delegates_mandate_delivery)
        self.sandbox.add_document(self.feed_id, CODA, {"cod": one_day(KBC_TWO)}, mandate=False)
        self.listed(self.feed_id)
        feeds = self.control("GET", "")[1]["feeds"]
        held = {feed["feed_id"]: feed["held"]["feed"] for feed in feeds}
        self.assertEqual(held[self.feed_id], 1)
        self.control("POST", "settings", {"gate": False})
        self.assertEqual(len(self.listed(self.feed_id)), 1)

    def test_every_call_can_be_given_a_latency(self):
        self.control("POST", "settings", {"latency": 0.05})
        began = time.monotonic()
        self.api.client(self.jo.id)
        self.api.order_social_mandate(self.jo.id, "group_s")
        self.assertGreaterEqual(time.monotonic() - began, 0.1)

    def test_the_log_counts_creates_and_orders(self):
        self.sandbox.clear_log()
        other = self.api.create_client(new_client(2))
        self.api.order_coda_mandates(other.id, [ING, KBC])
        self.api.order_social_mandate(other.id, "group_s")
        _status, log = self.control("GET", "log")
        self.assertEqual(
            [(entry["method"], entry["path"], entry["status"]) for entry in log],
            [
                ("POST", "/v2/clients/", 201),
                ("POST", f"/v2/clients/{other.id}/coda-mandates/", 201),
                ("POST", f"/v2/clients/{other.id}/social-mandates/", 201),
            ],
        )


class ResetTest(MandateCase):
    def test_a_reset_forgets_orders_and_settings(self):
        self.create()
        self.sandbox.configure(gate=False, latency=0.01)
        self.sandbox.reset()
        self.assertEqual(len(self.api.clients()), 2)
        self.assertEqual((self.sandbox.settings.gate, self.sandbox.settings.latency), (True, 0.0))
