from . import compat  # isort: skip - before anything imports stdnum
from . import models
from . import wizards
