from odoo.tests import tagged

from .bill_case import BillCase, line


@tagged("post_install", "-at_install")
class TestInvoiceVatBoxes(BillCase):
    def test_x(self):
        move = self.import_bill(line("Papier", "100"), line("Boek", "50", 6))
        print(
            self.boxes(move),
            self.items(move),
            self.flags(move),
            self.flags(move, blocking=False),
            move.codabox_note_text,
        )
        move = self.import_bill(line("Papier", "100"), line("Boek", "50", 6), credit=True)
        print(
            self.boxes(move),
            self.items(move),
            self.flags(move),
            self.flags(move, blocking=False),
            move.codabox_note_text,
        )
        for args in [
            ("A", "100", 0, "AE"),
            ("A", "100", 0, "K", "46/GO"),
            ("A", "100", 0, "K"),
            ("A", "100", 0, "E"),
            ("A", "100", 0, "E", "NA"),
            ("A", "100", None, "O"),
        ]:
            move = self.import_bill(line(*args))
            print(args, self.boxes(move), self.items(move), move.codabox_flag_text)
            move = self.import_bill(line(*args), supplier=("DE", "DE123456788", "DE"))
            print(args, self.boxes(move), self.items(move), move.codabox_flag_text)
