"""Finds the buttons of our views as a user has them, and presses those that he sees."""

from lxml import etree

from odoo.exceptions import RedirectWarning, UserError
from odoo.tests import Form
from odoo.tools.safe_eval import safe_eval

# What a database or a machine says: never to a person.
RAW = ("violates", "duplicate key", "psycopg", "Traceback", "inconsistenc", "_id_fkey", "NoneType")
FORMS = ("form", "list", "kanban")


def is_hidden(node, values):
    """Return whether what the view says hides a node from who looks at a record with these values."""
    for each in (node, *node.iterancestors()):
        for name in ("invisible", "column_invisible"):
            condition = each.get(name)
            if condition and safe_eval(condition, dict(values)):
                return True
    return False


class Presser:
    """Mixin: presses what a user sees, and keeps what ended in no sentence."""

    def own_views(self):
        """Return our views, those that add to views of Odoo too."""
        known = self.env["ir.model.data"].sudo().search(
            [("module", "=", "account_codabox"), ("model", "=", "ir.ui.view")]
        )  # fmt: skip
        views = self.env["ir.ui.view"].sudo().browse(known.mapped("res_id"))
        return views.filtered(lambda v: v.type in FORMS)

    def own_buttons(self):
        """Return the buttons of our views: the view they are shown in -> (type, name)."""
        found = {}
        for view in self.own_views():
            names = {
                (node.get("type"), node.get("name"))
                for node in etree.fromstring(view.arch).iter("button", "a")
                if node.get("type") in ("object", "action") and node.get("name")
            }
            whole = view
            while whole.mode != "primary":
                whole = whole.inherit_id
            if names:
                found.setdefault(whole, set()).update(names)
        return found

    def seen(self, env, view, names):
        """Return the nodes of these buttons in a view as a user gets it, and the fields it needs."""
        got = env[view.model].get_view(view.id, view.type)
        tree = etree.fromstring(got["arch"])
        nodes = [
            node
            for node in tree.iter("button", "a")
            if (node.get("type"), node.get("name")) in names
        ]
        # A list inside a form has buttons of other records: they have views of their own here.
        return [n for n in nodes if not any(a.tag == "field" for a in n.iterancestors())], tree

    def values(self, record, tree):
        """Return what the conditions of a view are about, as the web client has it."""
        names = {
            node.get("name")
            for node in tree.iter("field")
            if not any(a.tag == "field" for a in node.iterancestors())
        }
        names = [n for n in names if n in record._fields]
        found = record.web_read({name: {} for name in names})[0]
        context = dict(record.env.context)
        return {**found, "context": context, "uid": record.env.uid, "id": record.id, "parent": None}

    # -------------------------------------------------------------------------
    # Pressing
    # -------------------------------------------------------------------------

    def try_(self, what, act):
        """Do what a click does; a refusal in words is an answer, all else is kept as a fault."""
        try:
            return act()
        except (UserError, RedirectWarning) as refusal:
            if any(word in str(refusal) for word in RAW):
                self.faults.append(f"{what}: {refusal}")
        except Exception as fault:  # noqa: BLE001 - whatever comes is what is looked for
            self.faults.append(f"{what}: {type(fault).__name__} {fault}")
        return None

    def click(self, record, node, what, depth=0):
        """Press a button of a record, and open what it opens."""
        env = record.env
        if node.get("type") == "action":
            action = self.try_(what, lambda: self.action_of(env, int(node.get("name"))))
        else:
            context = safe_eval(node.get("context") or "{}", {"id": record.id, "context": {}})
            button = record.with_context(**{**context, "active_id": record.id,
                                            "active_ids": record.ids,
                                            "active_model": record._name})  # fmt: skip
            action = self.try_(what, getattr(button, node.get("name")))
        if isinstance(action, dict) and action.get("type") == "ir.actions.act_window":
            self.try_(f"{what} > opens", lambda: self.open(env, action, what, depth))

    def action_of(self, env, id_):
        model = env["ir.actions.actions"].sudo().browse(id_).type
        return env[model].browse(id_)._get_action_dict()

    def open(self, env, action, what, depth):
        """Open a window as the web client does: its views, its list or its form."""
        known = {"uid": env.uid, "active_id": False, "active_ids": [], "context": {},
                 "allowed_company_ids": env.context.get("allowed_company_ids")}  # fmt: skip
        context = action.get("context") or {}
        context = safe_eval(context, known) if isinstance(context, str) else context
        model = env[action["res_model"]].with_context(**context)
        views = action.get("views") or [(False, m) for m in action["view_mode"].split(",")]
        model.get_views([tuple(view) for view in views])
        domain = action.get("domain") or []
        domain = safe_eval(domain, known) if isinstance(domain, str) else domain
        if views[0][1] != "form":
            model.search_read(domain, ["display_name"], limit=3)
        elif model._transient:
            self.dialog(model, action, views[0][0], what, depth)
        elif action.get("res_id"):
            Form(model.browse(action["res_id"]), view=views[0][0] or None)

    def dialog(self, model, action, view_id, what, depth):
        """Open a dialog, and press each button that it shows."""
        dialog = model.browse(action.get("res_id") or [])
        form = Form(dialog or model, view=view_id or None)
        try:
            dialog = form.save()
        except AssertionError:
            return  # the web client asks for what is required first
        if not model._name.startswith("codabox.") or depth > 1:
            return
        got = model.get_view(view_id or False, "form")
        tree = etree.fromstring(got["arch"])
        for node in tree.iter("button"):
            is_inside = any(a.tag == "field" for a in node.iterancestors())
            if node.get("type") and not is_inside:
                self.press_in_dialog(dialog, node, tree, what, depth)

    def press_in_dialog(self, dialog, node, tree, what, depth):
        key = (dialog._name, node.get("name"), dialog.env.uid, what.split(" ")[0], depth)
        if key in self.pressed or is_hidden(node, self.values(dialog, tree)):
            return
        self.pressed.add(key)
        self.click(dialog, node, f"{what} > {dialog._name} {node.get('name')}", depth + 1)
