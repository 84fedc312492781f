"""What the last posted bills of a supplier say of the next one. No data of ours: the books are it."""

import re
from collections import namedtuple

# Bills that are looked at, newest first, and lines of them all together.
BILLS = 5
LINES = 500

# A bill line of the past; ``by_label`` when it says the same, ``fits`` when its tax does too.
Remembered = namedtuple("Remembered", ["line", "by_label", "fits"])

_CHANGING = re.compile(r"[\W\d_]+")


def label_key(label):
    """Return a label without what changes from month to month: digits, spaces, separators.

    :param str label: label of a bill line.
    :rtype: str
    """
    return _CHANGING.sub(" ", label or "").strip().casefold()


class BillMemory:
    """The lines of the last posted bills and refunds of the other party of an invoice.

    :param res.company company: whose books.
    :param res.partner partner: the other party, the commercial one; may be empty.
    :param bool is_sale: whether it is a customer.
    """

    def __init__(self, company, partner, *, is_sale):
        self.lines = self._read(company, partner, is_sale=is_sale)
        self.by_label = {}
        self._fitting = {}
        for line in self.lines:
            if key := label_key(line.name):
                self.by_label.setdefault(key, line)

    @staticmethod
    def _read(company, partner, *, is_sale):
        lines, moves = company.env["account.move.line"], company.env["account.move"]
        if not partner:
            return lines
        types = moves.get_sale_types if is_sale else moves.get_purchase_types
        bills = moves.search(
            [
                ("commercial_partner_id", "=", partner.id),
                ("company_id", "=", company.id),
                ("move_type", "in", types(include_receipts=True)),
                ("state", "=", "posted"),
            ],
            order="invoice_date desc, id desc",
            limit=BILLS,
        )
        found = lines.search(
            [("move_id", "in", bills.ids), ("display_type", "=", "product")], limit=LINES
        )
        newest = {bill.id: number for number, bill in enumerate(bills)}
        # In a bill, what cost most speaks for it.
        found = found.filtered(lambda line: not line.codabox_vat_country_id)
        return found.filtered("account_id.active").sorted(
            lambda line: (newest[line.move_id.id], -abs(line.balance), line.id)
        )

    def recall(self, label, wanted, fits):
        """Return the line of the past that a new line follows.

        :param str label: label of the new line.
        :param Wanted wanted: what its file says of its tax.
        :param fits: function of ``wanted`` and a line of the past: whether its tax is one of these.
        :return: the last one of the same label, else of a tax that fits, else of the last bill.
        :rtype: Remembered | None
        """
        if found := self.by_label.get(label_key(label)):
            return Remembered(found, by_label=True, fits=fits(wanted, found))
        if wanted not in self._fitting:
            self._fitting[wanted] = next((line for line in self.lines if fits(wanted, line)), None)
        if found := self._fitting[wanted]:
            return Remembered(found, by_label=False, fits=True)
        return Remembered(self.lines[0], by_label=False, fits=False) if self.lines else None
