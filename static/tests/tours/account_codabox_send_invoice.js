import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("account_codabox_send_invoice", {
    steps: () => [
        {
            content: "The invoice is to be sent",
            trigger: ".o_form_view:contains('CodaBox: To send')",
        },
        {
            content: "Send it",
            trigger: "button[name='action_codabox_send']:contains('Send to CodaBox')",
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
