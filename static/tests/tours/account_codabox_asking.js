import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** An accountant asks his client what a payment is: the button, and the dialog as it opens. */
tours.add("account_codabox_ask_client", {
    steps: () => [
        {
            trigger: "button[name='action_codabox_ask_client']",
            run: "click",
        },
        {
            content: "What is missing and who answers is filled in",
            trigger: ".modal div[name='partner_id'] input:value(Bakkerij Jo)",
        },
        {
            trigger: ".modal button[name='action_ask']",
            run: "click",
        },
        {
            content: "It stands at the line",
            trigger: "body:not(:has(.modal)) div[name='codabox_asked'] span:not(:empty)",
        },
    ],
});

/** A client answers two questions: with a file and a word, and with yes. */
tours.add("account_codabox_client_answers", {
    steps: () => [
        {
            content: "He sends the receipt that is missing",
            trigger: ".card:contains(45,00):not(:has(input[type=radio])) input[type=file]",
            run: ({ anchor }) => {
                const files = new DataTransfer();
                files.items.add(new File(["%PDF-1.4 bon %%EOF"], "bon.pdf"));
                anchor.files = files.files;
            },
        },
        {
            trigger: ".card:contains(45,00):not(:has(input[type=radio])) textarea",
            run: "edit Brood voor de winkel",
        },
        {
            trigger: ".card:contains(45,00):not(:has(input[type=radio])) button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It arrived; the other one is left",
            trigger: "div[name='answered']",
        },
        {
            trigger: ".card:contains(12,50) input[value=yes]",
            run: "click",
        },
        {
            trigger: ".card:contains(12,50) button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Nothing is left to answer",
            trigger: "p[name='nothing']",
        },
    ],
});

/** The accountant sees the answers and books what is private with one click. */
tours.add("account_codabox_client_answered", {
    steps: () => [
        { trigger: ".o_data_row:contains('Brood voor de winkel') button[name='action_make_bill']" },
        {
            trigger: ".o_data_row button[name='action_book_private']",
            run: "click",
        },
        {
            content: "The dialog is filled in",
            trigger: ".modal div[name='account_id'] input:value(/[0-9]/)",
        },
        {
            trigger: ".modal button[name='action_book']",
            run: "click",
        },
        { trigger: "body:not(:has(.modal)) .o_list_view" },
    ],
});
