import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("account_codabox_send_invoice", {
    steps: () => [
        {
            content: "The invoice is to be sent",
            trigger: ".o_form_view:contains('CodaBox: To send')",
        },
        {
            content: "Odoo's own Send",
            trigger: "button[name='action_invoice_sent']:contains('Send')",
            run: "click",
        },
        {
            content: "The accountant is offered beside the customer",
            trigger: ".modal div[name='extra_edi_checkboxes']:contains('To my accountant by CodaBox') input:checked",
        },
        {
            content: "Not by mail",
            trigger: ".modal div[name='sending_method_checkboxes'] input:checked",
            run: "click",
        },
        {
            content: "Send",
            trigger: ".modal footer button[name='action_send_and_print']:contains('Generate')",
            run: "click",
        },
        {
            content: "The invoice says that it was sent, and when",
            trigger: ".o_form_view:contains('CodaBox: Sent')",
        },
        {
            content: "A reset warns first",
            trigger: "button[name='button_draft']:contains('Reset to Draft')",
            run: "click",
        },
        {
            content: "What the accountant has is not changed silently",
            trigger: ".modal:contains('Your accountant has this invoice')",
        },
        {
            content: "Then rather not",
            trigger: ".modal footer button:contains('Cancel')",
            run: "click",
        },
        {
            content: "It stays as it was",
            trigger: "body:not(:has(.modal)) .o_form_view:contains('CodaBox: Sent')",
        },
    ],
});

registry.category("web_tour.tours").add("account_codabox_send_batch", {
    steps: () => [
        {
            content: "What goes, what does not and why",
            trigger: ".modal .o_data_row:contains('Will be sent'):contains('2')",
        },
        {
            content: "With the reason",
            trigger: ".modal .o_data_row:contains('Not sent'):contains('has no country')",
        },
        {
            content: "Send",
            trigger: ".modal footer button[name='action_send']",
            run: "click",
        },
        {
            content: "It is said what came of it",
            trigger: ".o_notification:contains('Sent to CodaBox: 2.')",
        },
    ],
});
