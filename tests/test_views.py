"""Every view, menu and sentence of ours opens, for each kind of user."""

from collections import defaultdict

from lxml import etree

from odoo import Command
from odoo.tests import new_test_user, tagged

from ..codabox import CLIENT_CODES
from ..reasons import ALIASES, REASONS, explain
from .common import CodaboxCase

MODULE = "account_codabox"


@tagged("-at_install", "post_install")
class TestViews(CodaboxCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = new_test_user(
            cls.env,
            "codabox_views",
            # Payroll too, which no administrator reads by himself: he stands for every view here.
            "base.group_system,account.group_account_manager,account.group_account_user,"
            "account_codabox.group_payroll",
            company_id=cls.company.id,
            company_ids=[Command.set((cls.company + cls.other_company).ids)],
        )

    def as_seen_by(self, user, model):
        return (
            self.env[model].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        )

    def ours(self, model):
        """Return the records of a model that this add-on brings."""
        data = self.env["ir.model.data"].sudo().search(
            [("module", "=", MODULE), ("model", "=", model)]
        )  # fmt: skip
        return self.env[model].sudo().browse(data.mapped("res_id"))

    def test_every_view_of_ours_opens_for_accountant_and_administrator(self):
        views = self.ours("ir.ui.view")
        self.assertGreater(len(views), 10)
        for user in (self.accountant, self.administrator):
            for view in views.filtered("model"):
                model = self.as_seen_by(user, view.model)
                if not model.has_access("read"):
                    self.assertEqual(user, self.accountant, view.name)
                    continue
                with self.subTest(view=view.xml_id, user=user.login):
                    # An inherited view is seen through the view it extends.
                    root = view
                    while root.inherit_id:
                        root = root.inherit_id
                    kind = root.type if root.type != "qweb" else None
                    if kind:
                        found = model.get_views([(root.id, kind)])
                        etree.fromstring(found["views"][kind]["arch"])

    def test_every_action_of_ours_opens_each_of_its_views(self):
        for action in self.ours("ir.actions.act_window"):
            model = self.as_seen_by(self.administrator, action.res_model)
            for _view, kind in action.views:
                with self.subTest(action=action.xml_id, view=kind):
                    model.get_views([(_view, kind)], {"action_id": action.id})

    def test_every_window_of_ours_has_an_address_of_its_own(self):
        for action in self.ours("ir.actions.act_window"):
            is_dialog = action.target == "new" or action.binding_model_id
            with self.subTest(action.xml_id):
                self.assertTrue(is_dialog or action.path)

    def test_a_button_that_is_only_an_icon_has_a_name_for_who_does_not_see_it(self):
        for view in self.ours("ir.ui.view").filtered("model"):
            for button in etree.fromstring(view.arch_db).iter("button"):
                is_icon = button.get("icon") and not button.get("string") and not len(button)
                is_counter = button.get("class") == "oe_stat_button"
                with self.subTest(view=view.xml_id, button=button.get("name")):
                    self.assertTrue(not is_icon or is_counter or button.get("aria-label"))

    def target(self, menu):
        """Return the model that a menu opens, or on which it runs something."""
        action = menu.action
        return action.model_id.model if action._name == "ir.actions.server" else action.res_model

    def test_every_menu_leads_somewhere_and_accountants_find_the_documents(self):
        menus = self.ours("ir.ui.menu")
        self.assertTrue(menus)
        for menu in menus.filtered(lambda m: not m.child_id):
            with self.subTest(menu.complete_name):
                self.assertTrue(menu.action)
                self.assertIn(self.target(menu), self.env)
        seen = self.env["ir.ui.menu"].with_user(self.accountant).search(
            [("id", "in", menus.ids)]
        )  # fmt: skip
        visible = seen._filter_visible_menus()
        targets = {self.target(menu) for menu in visible.sudo() if menu.action}
        self.assertIn("codabox.document", targets)
        self.assertNotIn("codabox.connect", targets)

    def facts_of(self, code):
        """Return a value for every fact that the sentence of a code names."""
        asked = defaultdict(lambda: "«fact»")
        sentence = REASONS.get(ALIASES.get(code, code))
        if sentence:
            sentence(asked)
        return dict(asked)

    def test_every_reason_is_a_sentence_with_and_without_its_facts(self):
        for code in REASONS:
            for facts in (None, {}, self.facts_of(code)):
                with self.subTest(code, facts=bool(facts)):
                    sentence = explain(self.env, code, facts)
                    self.assertEqual(sentence.count("«fact»"), len(facts or ()))
                    self.assertGreaterEqual(len(sentence.strip()), 10)
                    self.assertNotRegex(sentence, r"%[(sdr]|[{}]", "a fact was not filled in")
                    if code not in ("rejected", "discarded", "given_up"):
                        self.assertRegex(sentence, r"[.:]$|[.:] ")

    def test_every_code_of_the_client_is_a_sentence_for_the_user(self):
        for code in CLIENT_CODES:
            with self.subTest(code):
                sentence = explain(self.env, code, self.facts_of(code))
                self.assertNotIn(code, sentence.split(), "a code is no sentence")
                self.assertNotIn("Error “", sentence, "no words for this code")

    def test_an_alias_points_to_a_sentence(self):
        self.assertLessEqual(set(ALIASES.values()), set(REASONS))
        self.assertFalse(set(ALIASES) & set(REASONS))

    def test_a_code_that_nobody_knows_stays_readable(self):
        sentence = explain(self.env, "brand_new", {"place": "here"})
        self.assertIn("brand_new", sentence)
        self.assertIn("here", sentence)
