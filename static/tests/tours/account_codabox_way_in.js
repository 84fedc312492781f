import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const CARD = ".o_kanban_record:contains('Bank 7034')";

function menu(name) {
    return [
        {
            trigger: "button[data-menu-xmlid='account_codabox.codabox_menu']",
            run: "click",
        },
        {
            trigger: `a[data-menu-xmlid='account_codabox.codabox_menu_${name}']`,
            run: "click",
        },
    ];
}

/** Nobody types an address: all of it is in the menu of CodaBox. */
registry.category("web_tour.tours").add("account_codabox_way_in", {
    steps: () => [
        stepUtils.showAppsMenuItem(),
        { trigger: "a[data-menu-xmlid='account.menu_finance']", run: "click" },
        { trigger: ".o_menu_brand:contains('Invoicing')" },
        ...menu("journals"),
        {
            content: "Files are uploaded on the card",
            trigger: `${CARD} div[name='codabox_upload']:contains('Upload CODA')`,
        },
        {
            content: "Fetch from the card",
            trigger: `${CARD} button[name='action_codabox_fetch']`,
            run: "click",
        },
        { trigger: ".o_notification:contains('1 received, 1 booked')" },
        ...menu("bank_lines"),
        { trigger: ".o_breadcrumb:contains('Bank transactions')" },
        { trigger: ".o_data_row:contains('10.00')" },
    ],
});

registry.category("web_tour.tours").add("account_codabox_way_in_reads", {
    steps: () => [
        stepUtils.showAppsMenuItem(),
        { trigger: "a[data-menu-xmlid='account.menu_finance']", run: "click" },
        { trigger: ".o_menu_brand:contains('Invoicing')" },
        ...menu("journals"),
        {
            content: "What is missing is said",
            trigger: `${CARD} div[name='codabox_upload']:contains('take the role')`,
        },
        { trigger: `body:not(:has(button[name='action_codabox_fetch']))` },
        ...menu("bank_lines"),
        { trigger: ".o_data_row:contains('10.00')" },
    ],
});
