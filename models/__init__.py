from . import inbox
from . import connection
from . import mandate
from . import bank
from . import payroll
from . import invoice
from . import sending
