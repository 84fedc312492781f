"""Records are read, shown and changed in their own company, whatever is ticked at the top right.

Our own records are seen in all companies of the user. The books are Odoo's: its rules know ticked
companies only, accounts have a number in each company, and journals and taxes are proposed of the
current one. What we read in the books of a record, and what we open there, has the company of that
record as the current one, and no company that the user does not have.
"""

import functools


def in_own_company(records, companies=None):
    """Return records whose companies are the ticked ones.

    :param records: of any model with a company; of the books as well as ours.
    :param res.company companies: theirs, where they have none or another one counts.
    :return: the same records; as they were where none of these companies is the user's, so that
        they are refused as Odoo refuses them.
    """
    ids = own_companies(records.env, _companies(records) if companies is None else companies)
    return records.with_context(allowed_company_ids=ids) if ids else records


def open_in_own_company(action, records):
    """Return an action that opens these records, or a dialog about them, in their own company.

    :param dict action: as a button returns it; it is not changed.
    :param records: what it is about.
    :rtype: dict
    """
    if not isinstance(action, dict) or action["type"] != "ir.actions.act_window":
        return action
    ids = own_companies(records.env, _companies(records))
    if not ids:
        return action
    # The web client puts the ticked companies over the first; static/src/own_company minds the second.
    companies = {"allowed_company_ids": ids, "codabox_companies": ids}
    return {**action, "context": {**(action.get("context") or {}), **companies}}


def opens_in_own_company(button):
    """Have what a button opens opened in the company of its records."""

    @functools.wraps(button)
    def opened(self, *args, **kwargs):
        return open_in_own_company(button(self, *args, **kwargs), self)

    return opened


def own_companies(env, companies):
    """Return the ids of those companies that the user has, the current one first.

    Where he has none of them but branches, those: a branch keeps its books in the journals of its
    parent.

    :rtype: list[int]
    """
    allowed = env["res.company"].sudo().browse(env.user._get_company_ids())
    if env.user._is_superuser():
        allowed |= companies.sudo()
    own = allowed.filtered(lambda c: c in companies) or allowed.filtered(
        lambda c: c.parent_ids & companies
    )
    current = env.context.get("allowed_company_ids", [])[:1]
    return sorted(own.ids, key=lambda id: (id not in current, id))


def _companies(records):
    """Return the companies of records, also of those that are not ticked now.

    Of what an office has for a client, it is that of the client, where he is a company.
    """
    records = records.sudo()
    if records._name == "res.company":
        companies = records
    elif "client_company_id" in records:
        companies = records.client_company_id or records.company_id
    else:
        companies = records["company_id" if "company_id" in records else "company_ids"]
    return companies
