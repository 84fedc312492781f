"""Keys that an earlier version made of figures only become those of this one."""

from odoo.tests import tagged

from ..codabox import FormatError, parse_coda
from ..codabox.coda import BundledCoda
from ..codabox.tests.coda_samples import OURS
from .common import CodaboxCase, credit
from .known_case import KnownCase
from .test_coda_samples import SampleCase


class RekeyCase(CodaboxCase):
    def keys(self):
        """Return every key of statements, bank statements and bank lines."""
        return [
            self.env[model].sudo().search([], order="id").mapped(name)
            for model, name in (
                ("codabox.statement", "key"),
                ("account.bank.statement", "codabox_key"),
                ("account.bank.statement.line", "codabox_key"),
                ("account.bank.statement.line", "codabox_before"),
            )
        ]

    def make_old(self):
        """Give everything the keys that the earlier version gave."""
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("SELECT key, figures FROM codabox_statement WHERE state != 'duplicate'")
        for key, figures in cr.fetchall():
            cr.execute(
                "UPDATE account_bank_statement SET codabox_key = %s WHERE codabox_key = %s",
                [figures, key],
            )
            cr.execute(
                """
                UPDATE account_bank_statement_line
                   SET codabox_key = left(%(new)s, 40) || substr(codabox_key, 41),
                       codabox_before = replace(codabox_before::text, left(%(old)s, 40),
                                                left(%(new)s, 40))::jsonb
                 WHERE left(codabox_key, 40) = left(%(old)s, 40)
                    OR codabox_before::text LIKE '%%' || left(%(old)s, 40) || '%%'
                """,
                {"new": figures, "old": key},
            )
        cr.execute("UPDATE codabox_statement SET key = figures, figures = NULL")
        self.env.invalidate_all()

    def renew(self):
        self.env["codabox.document"].sudo()._renew_coda_keys()
        self.env.invalidate_all()


@tagged("-at_install", "post_install")
class TestCodaRekey(RekeyCase, KnownCase):
    def test_keys_become_what_they_are_when_all_comes_anew(self):
        self.typed(10.0, label="One")
        adopted = self.receive(self.day(15, credit("10", communication="One"), credit("3")))
        self.adopt(adopted)
        kept = self.receive(self.day(16, credit("20"), credit("1"), opening="13"))
        line = kept.statement_ids.bank_statement_id.line_ids[0]
        bank_statement = line.statement_id
        before = self.keys()
        line.statement_id = False
        self.make_old()
        self.assertNotEqual(self.keys(), before)
        self.renew()
        self.assertEqual(self.keys(), before)
        self.renew()
        self.assertEqual(self.keys(), before)
        # A line that outlives its statement, whose document has forgotten it.
        self.make_old()
        bank_statement.unlink()
        self.assert_state(kept, "waiting", "result_deleted")
        self.renew()
        self.press(kept, "action_retry")
        self.assert_state(kept, "imported")
        self.assertEqual(len(self.lines()), 4)

    def test_what_was_no_duplicate_is_told_and_can_be_compared(self):
        first = self.receive(self.day(15, credit("10", communication="One")))
        second = self.receive(self.day(15, credit("10", communication="Two")))
        # As the earlier version took it.
        record = second.statement_ids
        record.write({"state": "duplicate", "original_id": first.statement_ids.id})
        second._settle_coda()
        self.assertEqual(second.state, "duplicate")
        self.make_old()
        self.renew()
        self.assert_state(second, "stored", "version_unseen")
        self.press(second, "action_release")
        self.assert_state(second, "waiting", "another_version")


@tagged("-at_install", "post_install")
class TestCodaRekeySamples(RekeyCase, SampleCase):
    samples = OURS

    def test_every_sample_is_a_duplicate_after_it_in_another_file_too(self):
        for name, data in self.files.items():
            try:
                parsed = parse_coda(data)
            except FormatError:
                continue
            with self.subTest(name), self.rolled_back():
                first = self.send(name)
                if not first.statement_ids:
                    continue
                self.make_old()
                self.renew()
                lines = self.env["account.bank.statement.line"].search_count([])
                again = (
                    self.env["codabox.document"]
                    .sudo()
                    ._receive_upload(
                        self.env["account.journal"].search(
                            [("company_id", "=", self.company.id), ("type", "=", "bank")], limit=1
                        ),
                        [self.other_file(data)],
                    )
                )
                again._process()
                self.assertEqual(
                    set(again.statement_ids.mapped("state")), {"duplicate"}, again.reason
                )
                self.assertEqual(len(again.statement_ids), len(parsed.statements))
                count = self.env["account.bank.statement.line"].search_count([])
                self.assertEqual(count, lines)

    def other_file(self, data):
        """Return a file that says the same in other bytes: with a blank line at its end."""
        return BundledCoda("again.cod", data + b"\r\n")
