from . import codabox_account_resolve
from . import codabox_connect
from . import codabox_document_discard
from . import codabox_redelivery
from . import codabox_soda_copy
