"""A dialog shows only what its user may read, and only to whoever opened it."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_security import SecurityCase

OWN = "[('create_uid', '=', user.id)]"


@tagged("-at_install", "post_install")
class TestDialogs(SecurityCase):
    def dialogs(self):
        """Return the classes of all dialogs that we have made, by name."""
        return {
            name: model
            for name, model in sorted(self.registry.items())
            if model._transient
            and not model._abstract
            and model._original_module == "account_codabox"
        }

    def foreign(self, model):
        """Return a record of a model that the accountant may not read, empty when all are his."""
        if model in ("res.users", "res.currency", "res.country", "res.partner"):
            return self.env[model]
        records = self.env[model].sudo().with_context(active_test=False).search([])
        mine = (
            self.env[model]
            .with_user(self.accountant)
            .with_context(allowed_company_ids=self.company.ids)
        )
        if not mine.has_access("read"):
            return records[:1]
        return (records - mine.browse(records.ids)._filtered_access("read"))[:1]

    def doors(self):
        """Return (dialog, field, foreign record) for each relation of each dialog."""
        env = self.env(user=self.accountant)
        found = []
        for name in filter(lambda name: env[name].has_access("create"), self.dialogs()):
            for field in self.env[name]._fields.values():
                if field.type in ("many2one", "many2many") and field.comodel_name in self.env:
                    record = self.foreign(field.comodel_name)
                    if record and field.name not in ("create_uid", "write_uid"):
                        found.append((name, field, record))
        return found

    def test_no_dialog_takes_a_record_that_its_user_may_not_read(self):
        doors = self.doors()
        self.assertGreater(len(doors), 10)
        for name, field, record in doors:
            value = record.id if field.type == "many2one" else [(6, 0, record.ids)]
            with self.subTest(f"{name}.{field.name}"):
                self.env.invalidate_all()
                dialog = self.seen_by(self.accountant, self.env[name])
                with self.assertRaises(AccessError):
                    dialog.create({field.name: value})
                with self.assertRaises(AccessError):
                    dialog.new({}).write({field.name: value})
                spec = {field.name: {"fields": {"display_name": {}}}}
                with self.assertRaises(AccessError):
                    dialog.onchange({field.name: value}, [field.name], spec)
                with self.assertRaises(AccessError):
                    dialog.with_context(**{f"default_{field.name}": value}).onchange({}, [], spec)
                if field.type == "many2many":
                    with self.assertRaises(AccessError):
                        dialog.create({field.name: [(4, record.id)]})

    def test_nor_one_inside_what_is_filled_in(self):
        dialog = self.seen_by(self.accountant, self.env["codabox.account.resolve"])
        inside = {"statement_id": {"id": False, "document_id": self.other_coda.id}}
        as_list = {"candidate_ids": [(0, "virtual_1", {"company_id": self.other_company.id})]}
        for values in (inside, as_list):
            with self.subTest(values), self.assertRaises(AccessError):
                dialog.onchange(values, list(values), {"company_id": {"fields": {}}})

    def test_an_id_that_is_no_number_is_refused(self):
        dialog = self.seen_by(self.accountant, self.env["codabox.document.discard"])
        for id_ in (str(self.other_coda.id), float(self.other_coda.id), True):
            for value in ([(4, id_)], [(6, 0, [id_])], [id_], [{"id": id_}]):
                with self.subTest(value), self.assertRaises(ValueError):
                    dialog.create({"document_ids": value})

    def test_every_dialog_of_ours_checks_and_belongs_to_who_opened_it(self):
        dialogs = self.dialogs()
        self.assertGreater(len(dialogs), 20)
        rules = self.env["ir.rule"].sudo().search([("domain_force", "=", OWN)])
        whole = rules.filtered(
            lambda r: r["global"] and r.perm_read and r.perm_write and r.perm_unlink
        )
        self.assertFalse(dialogs.keys() - set(whole.model_id.mapped("model")))
        for name, model in dialogs.items():
            with self.subTest(name):
                self.assertTrue(issubclass(model, self.registry["codabox.dialog.mixin"]))
                kinds = {field.type for field in self.env[name]._fields.values()}
                # The mixin does not know these.
                self.assertFalse(kinds & {"reference", "many2one_reference", "properties"})

    def test_a_dialog_of_another_user_is_neither_found_nor_read(self):
        with self.as_user(self.accountant) as env:
            sheet = env["codabox.soda.sheet"].create({"content": b"eA=="}).id
        for user in (self.auditor, self.payroll, self.other_accountant):
            with self.subTest(user.login), self.as_user(user) as env:
                dialogs = env["codabox.soda.sheet"]
                self.assertFalse(dialogs.search([]))
                self.assertRaises(AccessError, dialogs.browse(sheet).read, ["content"])

    def test_a_connection_is_fetched_only_by_who_may_read_it(self):
        for record in (self.connection, self.coda.feed_id):
            with self.subTest(record._name), self.assertRaises(AccessError):
                self.press(record, "action_fetch", user=self.other_accountant)
        with self.assertRaises(AccessError):
            self.press(self.new_coda.feed_id, "action_fetch")
