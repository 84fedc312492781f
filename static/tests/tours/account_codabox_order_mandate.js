import { registry } from "@web/core/registry";

export const order = [
    {
        content: "Order from the client",
        trigger: "button[name='action_codabox_order_mandate']:contains('Order mandate')",
        run: "click",
    },
    {
        content: "Both accounts are chosen, each with how its bank signs",
        trigger:
            ".modal .o_data_row:contains('KBC'):contains('in the app of the bank') td[name='selected'] input:checked",
    },
    {
        content: "The other bank too",
        trigger: ".modal .o_data_row:contains('ING'):contains('Online') td[name='selected'] input:checked",
    },
];

/** Both accounts and a social secretariat: chosen, checked and ordered. */
export const orderAll = [
    ...order,
    {
        content: "Look for the social secretariat",
        trigger: ".modal div[name='secretariat_ids'] input",
        run: "edit Group",
    },
    {
        content: "Choose it",
        trigger: ".o-autocomplete--dropdown-item:contains('Group S')",
        run: "click",
    },
    {
        content: "It is chosen",
        trigger: ".modal div[name='secretariat_ids'] .o_tag:contains('Group S')",
    },
    {
        content: "Check",
        trigger: ".modal footer button[name='action_check']",
        run: "click",
    },
    {
        content: "It is said how many mandates this orders",
        trigger: ".modal .alert-info:contains('charged to your office'):contains('3')",
    },
    {
        content: "Who signs was checked",
        trigger: ".modal .o_data_row:contains('✓'):contains('Ann Peeters, bestuurder, signs')",
    },
    {
        content: "Order",
        trigger: ".modal footer button[name='action_order']:contains('Order')",
        run: "click",
    },
];

registry.category("web_tour.tours").add("account_codabox_order_mandate", {
    steps: () => [
        ...orderAll,
        {
            content: "KBC: the client must also act in the app",
            trigger: ".modal .o_kanban_record:contains('KBC'):contains('To sign'):contains('activate CodaBox in the app of KBC')",
        },
        {
            content: "The document is shown",
            trigger: ".modal .o_kanban_record:contains('ING') div[name='pdf'] iframe",
        },
        {
            content: "The link can be copied",
            trigger: ".modal .o_kanban_record:contains('ING') button:contains('Copy link')",
        },
        {
            content: "Payroll has no document, and says so",
            trigger: ".modal .o_kanban_record:contains('Group S'):contains('No document')",
        },
        {
            content: "Mail the client",
            trigger: ".modal footer button[name='action_send']:contains('Send to client')",
            run: "click",
        },
        {
            content: "The mail says what to do at KBC",
            trigger: ".modal .o_mail_composer_form_view:contains('app of KBC'), .modal .o_field_html:contains('app of KBC')",
        },
        {
            content: "The documents are attached",
            trigger: ".modal:contains('Bank statements ING.pdf'):contains('Bank statements KBC.pdf')",
        },
    ],
});

registry.category("web_tour.tours").add("account_codabox_order_refused", {
    steps: () => [
        ...order,
        {
            content: "Check",
            trigger: ".modal footer button[name='action_check']",
            run: "click",
        },
        {
            content: "The account of another client is refused, with the fix",
            trigger: ".modal .o_data_row:contains('✗'):contains('ordered already, for Garage Piet')",
        },
        {
            content: "Nothing can be ordered",
            trigger: ".modal footer:not(:has(button[name='action_order'])) button[name='action_check']",
        },
        {
            content: "Go back",
            trigger: ".modal footer button[name='action_back']",
            run: "click",
        },
        {
            content: "Leave the account out",
            trigger: ".modal .o_data_row:contains('KBC') td[name='selected'] input",
            run: "click",
        },
        {
            content: "Leave it out: the line is in edition now",
            trigger: ".modal .o_data_row:contains('KBC') td[name='selected'] input:not(:checked)",
        },
        {
            content: "Check again",
            trigger: ".modal footer button[name='action_check']",
            run: "click",
        },
        {
            content: "One mandate is left",
            trigger: ".modal .alert-info:contains('charged to your office'):contains('1')",
        },
        {
            content: "Order: CodaBox carries it out and its answer is lost",
            trigger: ".modal footer button[name='action_order']:contains('Order')",
            run: "click",
        },
        {
            content: "It was found all the same",
            trigger: ".modal .o_kanban_record:contains('ING'):contains('To sign')",
        },
    ],
});

registry.category("web_tour.tours").add("account_codabox_order_wrong_number", {
    steps: () => [
        ...order,
        {
            content: "Check",
            trigger: ".modal footer button[name='action_check']",
            run: "click",
        },
        {
            content: "The number is named, and what to correct",
            trigger: ".modal .o_data_row:contains('0417497107'):contains('check digits are wrong')",
        },
        {
            content: "Open the client to correct it",
            trigger: ".modal .o_data_row button[name='action_correct']",
            run: "click",
        },
        {
            content: "It opens above the order",
            trigger: ".modal .o_form_view div[name='name']:visible",
        },
    ],
});
