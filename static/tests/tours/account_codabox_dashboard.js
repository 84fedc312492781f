import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("account_codabox_dashboard", {
    steps: () => [
        {
            content: "Fetch from the card of the bank journal",
            trigger: ".o_kanban_record:contains('Bank 7034') button[name='action_codabox_fetch']",
            run: "click",
        },
        {
            content: "The result is told",
            trigger: ".o_notification:contains('2 received, 1 booked, 0 kept, 1 to do')",
        },
        {
            content: "The card shows the last statement",
            trigger: ".o_kanban_record:contains('Bank 7034') div[name='codabox']:contains('Last statement')",
        },
        {
            content: "Open what is left to do",
            trigger: ".o_kanban_record:contains('Bank 7034') a[name='action_codabox_todo']",
            run: "click",
        },
        {
            content: "The reason is one sentence",
            trigger: ".o_data_row:contains('has no bank journal for account BE71 0961 2345 6769')",
        },
    ],
});
