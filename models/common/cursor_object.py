"""Something to hand over in the context, of which each cursor has one, whatever it commits.

An object of its own for each record that is made would be a new context each time, so one more
environment, and Odoo compares all of those whenever it changes a context.
"""

from weakref import WeakKeyDictionary

_OBJECTS = WeakKeyDictionary()


def cursor_object(cr, kind):
    """Return the object of a class that belongs to a cursor, made when first asked for.

    :param cr: the cursor.
    :param type kind: the class, which takes no arguments.
    """
    objects = _OBJECTS.setdefault(cr, {})
    if kind not in objects:
        objects[kind] = kind()
    return objects[kind]
