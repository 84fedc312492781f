"""What every model of a database is made of, in the order in which Odoo puts it together.

Of each model that the add-on touches: its classes (``__mro__``), its fields, and of each name
that the add-on defines the definitions, the one that answers first in front. Where a file is
does not matter, so that two trees of the same models give the same text::

    dev/odoo shell -d DB < dev/parts/checks/model_order.py > after.json

Two such texts are compared when files move, since the order of imports is behaviour.
"""

import json
import re
import types
from hashlib import sha1

OURS = "odoo.addons.account_codabox"
# What Odoo itself notes on each class.
BOOKKEEPING = (
    "_module",
    "_register",
    "_inherit",
    "_name",
    "_field_definitions",
    "_table_object_definitions",
)


def text_of(value):
    """Give a value as text that is the same in another process."""
    if isinstance(value, types.CodeType):
        parts = (value.co_code, value.co_names, value.co_varnames)
        return repr((value.co_name, *parts, [text_of(c) for c in value.co_consts]))
    if isinstance(value, types.FunctionType):
        return text_of(value.__code__)
    if isinstance(value, (set, frozenset)):
        return repr(sorted(map(repr, value)))
    return re.sub(r"0x[0-9a-f]+", "", repr(value))


def fingerprint(value):
    """Give a mark that is equal for equal definitions."""
    value = getattr(value, "__func__", value)
    if isinstance(value, property):
        value = value.fget
    if isinstance(value, types.FunctionType):
        marks = sorted((k, text_of(v)) for k, v in vars(value).items())
        text = text_of(value) + repr((value.__defaults__, value.__kwdefaults__, marks))
    elif hasattr(value, "_args__"):
        args = sorted((k, text_of(v)) for k, v in value._args__.items() if k[0] != "_")
        text = type(value).__name__ + repr(args)
    else:
        text = text_of(value)
    return sha1(text.encode()).hexdigest()[:12]


def model_order(env):
    """Return {model: {"classes", "fields", "defined"}} of all models that the add-on touches."""
    found = {}
    for name, model in sorted(env.registry.items()):
        bases = [c for c in model.__mro__ if c.__module__ != "odoo.orm.registry"]
        ours = [c for c in bases if c.__module__.startswith(OURS)]
        if not ours:
            continue
        defined = {}
        for cls in ours:
            for key, value in vars(cls).items():
                if not key.startswith("__") and key not in BOOKKEEPING:
                    defined.setdefault(key, []).append(fingerprint(value))
        found[name] = {
            "classes": [c.__name__ if c in ours else f"{c.__module__}.{c.__name__}" for c in bases],
            "fields": {
                f: [type(field).__name__, bool(field.compute), field.store]
                for f, field in sorted(model._fields.items())
            },
            "defined": dict(sorted(defined.items())),
        }
    return found


if __name__ in ("__main__", "builtins") and "env" in globals():
    print(json.dumps(model_order(globals()["env"]), indent=1, default=str))
