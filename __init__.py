from . import controllers
from . import models
from . import wizards


def uninstall_hook(env):
    """Uninstalling opens nothing: files with wages lose the rule that keeps them closed."""
    env["ir.attachment"]._codabox_detach_payroll()
    env["account.journal"]._codabox_forget_source()
