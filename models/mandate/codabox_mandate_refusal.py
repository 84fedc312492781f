"""Why CodaBox did not take an order, as a code of ``reasons.order`` and its facts."""

from ...codabox import Forbidden, NotFound, NotOffered, RateLimited, Rejected, TransportError
from ...reasons.order import FIELDS


def refusal_reason(env, key, error, order):
    """Return the code and facts that say why an order failed.

    :param env: environment in whose language fields are named.
    :param tuple key: service and secretariat, as in ``Outcome.errors``.
    :param CodaboxError error: what the order raised.
    :param Order order: what was asked.
    :return: code, and facts of that code.
    :rtype: tuple
    """
    if isinstance(error, TransportError):
        return ("order_pending" if error.maybe_done else "order_unreachable"), {}
    if isinstance(error, RateLimited):
        return "order_unreachable", {}
    if isinstance(error, Forbidden) and key[0] == "soda":
        return "order_soda_forbidden", {}
    if isinstance(error, (NotFound, NotOffered)):
        return "order_not_offered", {}
    if isinstance(error, Forbidden):
        return "order_forbidden", {"detail": _text(error)}
    if not isinstance(error, Rejected):
        return error.code, {"status": error.details.get("status"), "detail": _text(error)}
    if "legal_entity.enterprise_num" in error.fields:
        detail = _sentence(error.fields["legal_entity.enterprise_num"])
        return "order_client_taken", {"number": order.new.enterprise_num, "detail": detail}
    if "ibans" in error.fields:
        return "order_accounts_refused", {"detail": _sentence(error.fields["ibans"])}
    return "order_refused", {"detail": _named(env, error)}


def _named(env, error):
    """Return the texts of a refusal, each with the name of its field as on our screens."""
    texts = [
        f"{env._(FIELDS[name]) if name in FIELDS else name}: {_sentence(found)}"
        if name != "non_field_errors"
        else _sentence(found)
        for name, found in error.fields.items()
    ]
    return " ".join(texts) or _text(error)


def _text(error):
    return str(error.details.get("detail") or "")


def _sentence(texts):
    """Join texts of CodaBox to sentences."""
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in texts)
