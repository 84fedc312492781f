"""CodaBox without Odoo: the calls of its API, mandates, and the formats of its documents.

Nothing in this package imports Odoo; the layer above imports only the names of this file. They
come from rooms, which stand on floors (``tests/test_layering.py``), and each room says at its top
what its files do. From the ground up: values and errors (``domain.py``, ``errors.py``);
``transport``; the calls in ``v2`` and, knowing nothing of calls, the formats ``coda``, ``soda`` and
``ubl``; ``mandates``; ``sending``. A CodaBox to develop against is in ``sandbox``.
"""

from .mandates.banks import (
    BANK_RULES,
    BankRule,
    bank_name,
    bank_rule,
    bic_of,
    group_by_bank,
    wants_own_contract,
)
from .belgian import clean_iban, enterprise_number, grouped_iban, has_national_number, iban_problem
from .cleaning import clean_json, clean_text, fits_column
from .v2.client import CodaboxClient
from .coda import (
    NEAR_DAYS,
    BundledCoda,
    account_number,
    are_two,
    content_key,
    count_parts,
    customer_reference,
    cut_statement,
    describe_code,
    describe_information,
    describe_movement,
    describe_purpose,
    describe_reason,
    describe_return,
    direct_debit,
    enterprise_numbers,
    figures_key,
    full_name,
    have_other_references,
    is_coda,
    movement_words,
    original_amount,
    parse_coda,
    read_bundle,
    statement_name,
    Link,
    Payment,
    find_conflict,
    find_gaps,
    find_reference,
    order_chain,
    pair_payments,
    words_of,
    write_coda,
)
from .const import KNOWN_FORMATS, MAX_INVOICE_BYTES, PRODUCTION_URL, SANDBOX_URL
from .domain import (
    BankAccount,
    Channel,
    Client,
    CodaMandate,
    Credentials,
    Download,
    Feed,
    FeedClient,
    FeedEntry,
    Fiduciary,
    LegalEntity,
    PeppolLicence,
    Pod,
    PurchaseInvoiceMandate,
    SocialMandate,
    SubAccount,
)
from .errors import (
    CLIENT_CODES,
    ApiError,
    BadAnswer,
    CodaboxError,
    Forbidden,
    FormatError,
    NotFound,
    NotOffered,
    NotRecognised,
    RateLimited,
    Rejected,
    ServerError,
    TimedOut,
    TransportError,
    Unauthorized,
)
from .formats import allowed_formats, formats_to_ask, is_of_format
from .mandates.gate import (
    DOUBT_CODES,
    GATE_CODES,
    Verdict,
    check_document,
    document_account,
    document_day,
    may_fetch,
    may_send,
)
from .mandates.states import (
    APP_LINK_DAYS,
    INVITATION_DAYS,
    INVITATION_REMINDER_DAYS,
    MAX_REMINDERS,
    REMINDER_DAYS,
    SIGNING_LINK_MONTHS,
    STATES as MANDATE_STATES,
    MandateState,
    can_be_ordered,
    is_ended,
    neutral_state,
    reminders_due,
)
from .mandates.order_batch import Order, Outcome, place_all
from .mandates.ordering import (
    Placed,
    archive_coda_once,
    archive_social_once,
    create_once,
    find_client,
    missing_accounts,
    order_coda_once,
    order_purchase_invoices_once,
    order_social_once,
    ordered_accounts,
    ordered_purchase_invoices,
    ordered_social_mandate,
    signing_url,
)
from .reading.direct_debits import same_debit, says_another_number
from .reading.invoice_numbers import InvoiceNumbers
from .filing import Period, due_day, next_due, period_of, periods_before
from .rhythm import GRACE, is_silent, late_months, month_end, next_month, usual_interval
from .live_check.check import LiveClient, check as check_live, heading as live_heading
from .v2.functions import FunctionState, explore, judge
from .v2.provisional import Bank, NewClient, ProvisionalClient, Secretariat, SentInvoice
from .sending.sales_file import check_sales_invoice
from .sending.once import CopyToAccountant, InvoiceTransport, PeppolUpload, send_once
from .soda import entry_totals, is_soda, parse_soda, split_soda, write_soda
from .transport.transport import Transport
from .ubl import (
    ACROSS_DAYS,
    Attachment,
    BookedLine,
    Charge,
    Figures,
    Invoice,
    InvoiceLine,
    Likeness,
    Party,
    Tax,
    TaxMeaning,
    booked_lines,
    cii_as_ubl,
    compare_invoices,
    document_key,
    is_ubl,
    normal_number,
    only_tax,
    parse_ubl,
    tax_meaning,
    write_ubl,
)
