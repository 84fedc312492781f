from . import test_library
from . import test_nightly_run
from . import test_coda_journals
from . import test_coda_booking
from . import test_fast_booking
from . import test_coda_balances
from . import test_coda_again
from . import test_coda_samples
