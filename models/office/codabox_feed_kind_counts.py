from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from odoo import fields, models
from odoo.fields import Domain

from ..common.own_company import in_own_company, open_in_own_company

# By which field a record belongs to a row: the first one that it has.
OWNERS = ("feed_id", "company_id", "journal_id")
MOVE_TYPES = {
    "purchase_invoice": ("in_invoice", "in_refund"),
    "expense": ("in_receipt",),
    "sales_invoice": ("out_invoice", "out_refund", "out_receipt"),
}


class Count(NamedTuple):
    """Something of a row that is counted: which records, and by which fields they are the row's."""

    model: str
    by: tuple[str, ...]
    domain: Callable
    kinds: tuple[str, ...] = ()  # of whose rows; all by default


def _in_state(*states):
    return lambda rows: Domain("state", "in", states)


DOCUMENT = ("feed_id", "company_id", "kind")
MANDATE = ("feed_id", "service")

# What asks most of a person first. Each says what it counts once: the number and the list that
# proves it are made of the same domain.
COUNTS = {
    "failed": Count("codabox.document", DOCUMENT, _in_state("failed")),
    "waiting": Count("codabox.document", DOCUMENT, _in_state("waiting")),
    "gaps": Count("codabox.gap", ("feed_id", "company_id"), _in_state("open"), ("coda",)),
    "mandate_problem": Count(
        "codabox.mandate", MANDATE, _in_state("problem", "expired", "unknown")
    ),
    "to_sign": Count("codabox.mandate", MANDATE, _in_state("to_sign")),
    "withheld": Count("codabox.document", DOCUMENT, _in_state("withheld")),
    "bills": Count(
        "account.move",
        ("company_id", "move_type"),
        lambda rows: rows._to_decide_domain(),
        tuple(MOVE_TYPES),
    ),
    "codes": Count(
        "codabox.soda.mapping",
        ("company_id",),
        lambda rows: Domain("is_mapped", "=", False),
        ("soda",),
    ),
    "entries": Count(
        "account.move", ("company_id",), lambda rows: rows._draft_payroll_domain(), ("soda",)
    ),
    "lines": Count(
        "account.bank.statement.line",
        ("journal_id",),
        lambda rows: Domain("is_reconciled", "=", False) & Domain("state", "!=", "cancel"),
        ("coda",),
    ),
}

COUNT_NAMES = [
    ("failed", "Failed"),
    ("waiting", "To do"),
    ("gaps", "Missing statements"),
    ("mandate_problem", "Mandates with a problem"),
    ("to_sign", "Mandates to sign"),
    ("withheld", "Withheld"),
    ("bills", "Bills to decide"),
    ("codes", "Payroll codes to map"),
    ("entries", "Payroll to post"),
    ("lines", "Bank lines to finish"),
]


class CodaboxFeedKind(models.Model):
    """What is counted of a client and kind, in the rights of the reader, whatever is ticked."""

    _inherit = "codabox.feed.kind"

    counts = fields.Json("What waits", compute="_compute_office")
    waits_for = fields.Selection(
        COUNT_NAMES,
        "Waits for",
        compute="_compute_office",
        search="_search_waits_for",
        help="What waits of this client and kind; the most demanding, where several do.",
    )

    def _search_waits_for(self, operator, value):
        """Find the rows of which one of these waits, whatever else does."""
        if operator != "in":
            return NotImplemented
        numbers = self._all_rows()._numbers()
        return [("id", "in", [id for id, found in numbers.items() if found.keys() & set(value)])]

    def _to_decide_domain(self):
        """Return the domain of the bills and invoices that somebody has to decide."""
        return Domain("state", "=", "draft") & Domain("codabox_has_flags", "=", True)

    def _draft_payroll_domain(self):
        """Return the domain of the payroll entries that are not posted."""
        # A branch books in the payroll journal of its parent.
        companies = self.env["res.company"].sudo().search_fetch(
            [("id", "parent_of", self.company_id.ids)], ["codabox_soda_journal_id"]
        )  # fmt: skip
        journals = companies.codabox_soda_journal_id.ids
        return Domain("state", "=", "draft") & Domain("journal_id", "in", journals)

    # -------------------------------------------------------------------------
    # Counting
    # -------------------------------------------------------------------------

    def _numbers(self, accounts=None):
        """Return what waits of each row: nothing is said of what is none.

        :param dict accounts: as ``_row_accounts`` returns them, where they are known.
        :return: id of the row -> name of the count -> number.
        :rtype: dict[int, dict[str, int]]
        """
        self.fetch(["feed_id", "company_id", "kind"])
        journals = self._row_journals(accounts)
        numbers = {line.id: {} for line in self}
        for name, count in COUNTS.items():
            rows = self._counted(count)
            found = rows._count(count, journals) if rows else {}
            for line in rows if found else ():
                number = sum(found.get(key, 0) for key in line._count_keys(count, journals))
                if number:
                    numbers[line.id][name] = number
        return numbers

    def _row_journals(self, accounts=None):
        """Return the ids of the bank journals of each row, where it has any."""
        accounts = self._row_accounts() if accounts is None else accounts
        return {
            id: sorted({account.journal_id for account in found if account.journal_id})
            for id, found in accounts.items()
        }

    def _counted(self, count):
        """Return the rows that have this count, where the user may read what is counted."""
        readable = self.env[count.model].has_access("read")
        kinds = count.kinds
        return self.filtered(lambda k: not kinds or k.kind in kinds) if readable else self.browse()

    def _count(self, count, journals):
        """Return how many records belong to each key."""
        model = in_own_company(self.env[count.model], self.company_id)
        domain = count.domain(self) & self._owned_domain(count, journals)
        found = defaultdict(int)
        for *values, number in model._read_group(domain, count.by, ["__count"]):
            found[_key_of(count.by, values)] += number
        return found

    def _owned_domain(self, count, journals):
        """Return the domain of what belongs to one of these rows by its owner."""
        ids = {
            "feed_id": self.feed_id.ids,
            "company_id": self.company_id.ids,
            "journal_id": sorted({id for line in self for id in journals.get(line.id, ())}),
        }
        return _owner_domain({field: ids[field] for field in OWNERS if field in count.by})

    def _count_keys(self, count, journals):
        """Return the keys of what belongs to this row."""
        ids = self._count_owners(count, journals)
        return [
            (field, id, what)
            for field, owners in ids.items()
            for id in owners
            for what in self._count_whats(count)
        ]

    def _count_owners(self, count, journals):
        ids = {
            "feed_id": self.feed_id.ids,
            "company_id": self.company_id.ids,
            "journal_id": journals.get(self.id, []),
        }
        return {field: ids[field] for field in OWNERS if field in count.by}

    def _count_whats(self, count):
        """Return which kinds of records are of this row, beside whose they are."""
        if count.by[-1] in OWNERS:
            return (None,)
        return MOVE_TYPES[self.kind] if count.by[-1] == "move_type" else (self.kind,)

    def _count_domain(self, name):
        """Return the domain of what one row counts.

        :param str name: key of ``COUNTS``.
        """
        self.ensure_one()
        count = COUNTS[name]
        domain = count.domain(self) & _owner_domain(self._count_owners(count, self._row_journals()))
        what = count.by[-1]
        return domain if what in OWNERS else domain & Domain(what, "in", self._count_whats(count))

    # -------------------------------------------------------------------------
    # The list that proves a number
    # -------------------------------------------------------------------------

    def action_office_open(self, name):
        """Open the list of what one number of this row counts.

        :param str name: key of ``COUNTS``.
        :raise AccessError: when the user may not read this row.
        """
        self.check_access("read")
        self.ensure_one()
        names = dict(self._fields["waits_for"]._description_selection(self.env))
        action = {
            "type": "ir.actions.act_window",
            "name": f"{names[name]}: {self.feed_id.name}",
            "res_model": COUNTS[name].model,
            "views": self._count_views(name),
            "domain": list(self._count_domain(name)),
            "context": {},
        }
        return open_in_own_company(action, self)

    def _count_views(self, name):
        """Return the views of the list of a count: ours where Odoo has others."""
        views = {
            "bills": ("account.view_in_invoice_bill_tree", "account.view_move_form"),
            "lines": (
                "account_codabox.account_bank_statement_line_view_list",
                "account_codabox.account_bank_statement_line_view_form",
            ),
        }.get(name, (None, None))
        ids = [xml_id and self.env.ref(xml_id).id for xml_id in views]
        return [(ids[0] or False, "list"), (ids[1] or False, "form")]


def _key_of(by, values):
    """Return (field of the owner, its id, what it is) of a group of records."""
    given = dict(zip(by, values, strict=True))
    what = values[-1] if by[-1] not in OWNERS else None
    for field in OWNERS:
        if given.get(field):
            return field, given[field].id, what
    return None


def _owner_domain(ids):
    """Return the domain of what has one of these owners.

    What came for a client counts there, and not for its company once more.

    :param dict ids: field -> ids of owners.
    """
    domains = [Domain(field, "in", owners) for field, owners in ids.items()]
    if len(domains) == 2:
        domains[1] &= Domain("feed_id", "=", False)
    return Domain.OR(domains)
