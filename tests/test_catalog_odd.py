"""Of the lists of offices, banks and secretariats, an odd item ends no other and no order."""

from odoo.tests import tagged

from .mandate_case import MandateCase


@tagged("-at_install", "post_install")
class TestCatalogOdd(MandateCase):
    def kept(self):
        connection = self.connection.sudo()
        secretariats = self.env["codabox.secretariat"].sudo().search([])
        return {
            "fiduciaries": set(connection.office_ids.mapped("ref")),
            "banks": set(connection.mandate_banks),
            "social-secretariats": set(secretariats.mapped("code")),
        }

    def refresh(self):
        self.connection.sudo()._refresh_catalog()
        self.env.invalidate_all()

    def test_what_cannot_be_read_ends_nothing_and_what_is_new_comes(self):
        self.refresh()
        before = self.kept()
        for path, key in (
            ("fiduciaries", "id"),
            ("banks", "bank_id"),
            ("social-secretariats", "social_welfare_id"),
        ):
            for odd in (None, 7, {}, {key: None}, {key: ["x"]}):
                with self.subTest(path, odd=odd), self.rolled_back():
                    new = {key: "new-one", "name": "New", "signing": "online"}
                    body = [odd, new]
                    self.sandbox.fail("status", path=f"/v2/{path}/$", status=200, body=body)
                    self.refresh()
                    self.assertEqual(self.kept(), {**before, path: before[path] | {"new-one"}})

    def test_an_office_lives_by_its_id_alone(self):
        self.refresh()
        part = [[0, "legal_entity", "enterprise_num"], {"odd": True}]
        self.sandbox.fail("altered", path="/v2/fiduciaries/$", parts=[part])
        before = self.kept()
        self.refresh()
        self.assertEqual(self.kept(), before)
