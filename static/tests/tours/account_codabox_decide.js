import { registry } from "@web/core/registry";

const FLAGS = "div[name='codabox_flags']";
let clicks = 0;

/** A click of the accountant; the job takes five of them for the first bill, two for each other. */
function click(trigger) {
    return {
        trigger,
        run: async (helpers) => {
            clicks += 1;
            await helpers.click();
        },
    };
}

registry.category("web_tour.tours").add("account_codabox_decide", {
    steps: () => [
        click("button[data-menu-xmlid='account_codabox.codabox_menu']"),
        click("a[data-menu-xmlid='account_codabox.codabox_menu_to_decide']"),
        click(".o_list_view .o_data_row:contains('N-1') td[name='partner_id']"),
        {
            content: "The question is on top, the PDF at the left",
            trigger: `.o_codabox_decide:has(.o_codabox_decide_pdf iframe) ${FLAGS}:contains('Roof')`,
        },
        click(`${FLAGS} button[name='action_codabox_put_tax']:contains('21% S.Cocont')`),
        {
            content: "The tax is on the line and nothing is asked",
            trigger: `.o_codabox_decide:not(:has(${FLAGS})) td[name='tax_ids']:contains('21% S.Cocont')`,
        },
        click("button.btn-primary[name='action_codabox_post_next']"),
        {
            content: "The next one takes its place",
            trigger: `.o_breadcrumb:contains('N-2'):not(:contains('N-1'))`,
            run: () => {
                if (clicks > 5) {
                    throw new Error(`A bill takes five clicks, not ${clicks}`);
                }
            },
        },
        click(`${FLAGS} button[name='action_codabox_put_tax']:contains('6% S.Cocont')`),
        {
            trigger: `.o_codabox_decide:not(:has(${FLAGS})) td[name='tax_ids']:contains('6% S.Cocont')`,
        },
        click("button.btn-primary[name='action_codabox_post_next']"),
        {
            content: "After the last one the list, which is empty",
            trigger: ".o_list_view:not(:has(.o_data_row)), .o_view_nocontent",
            run: () => {
                if (clicks > 7) {
                    throw new Error(`Two bills take seven clicks, not ${clicks}`);
                }
            },
        },
    ],
});
