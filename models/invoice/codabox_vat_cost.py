"""A VAT that is not deducted, as lines of their own on the accounts of what it is due on."""


def cost_name(env, tax):
    """Return the label of such a line.

    :param codabox.ubl.Tax tax: the rate.
    :rtype: str
    """
    return env._("VAT %(rate)s%%", rate=f"{tax.percent:g}")


def shares(currency, tax, parts):
    """Yield (account, amount) that come to the VAT of a file; the largest part takes the cents left.

    :param res.currency currency: that of the file.
    :param codabox.ubl.Tax tax: rate and amount.
    :param dict parts: account -> what the VAT is due on.
    """
    total, left = sum(parts.values()), float(tax.amount or 0)
    accounts = sorted(parts, key=lambda account: abs(parts[account]))
    for account in accounts:
        share = parts[account] / total if total else 0.0
        amount = left if account == accounts[-1] else float(tax.amount) * share
        amount = currency.round(amount)
        left -= amount
        yield account, amount
