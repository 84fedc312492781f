import { SharedCauses } from "@account_codabox/causes/causes";
import { CodaboxListRenderer } from "@account_codabox/empty_list/empty_list";
import { deserializeDateTime, toLocaleDateTimeString } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { listView } from "@web/views/list/list_view";
import { Component, onWillDestroy, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";

const MODEL = "codabox.feed.kind";
const PROGRESS_MS = 5000;

/** Above the rows: what waits of all clients, and how the nights are; each number is a filter. */
export class OverviewHeader extends Component {
    static template = "account_codabox.OverviewHeader";
    static props = { list: Object };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ counts: [] });
        onWillStart(() => this.update());
        onWillUpdateProps(() => this.update());
        onWillDestroy(() => clearTimeout(this.timer));
    }

    async update() {
        Object.assign(this.state, await this.orm.call(MODEL, "action_office_header", [[]]));
        clearTimeout(this.timer);
        if (this.state.running) {
            this.timer = setTimeout(() => this.followProgress(), PROGRESS_MS);
        }
    }

    async followProgress() {
        await this.update();
        if (!this.state.running) {
            this.props.list.load(); // all is in: the rows say so, too
        }
    }

    moment(value) {
        return toLocaleDateTimeString(deserializeDateTime(value));
    }

    async press(method) {
        this.action.doAction(await this.orm.call(MODEL, method, [[]]));
    }

    filter(count) {
        const search = this.env.searchModel;
        const [item] = search.getSearchItems((item) => item.name === `waits_${count.name}`);
        search.query = [];
        search.toggleSearchItem(item.id);
    }
}

export class OverviewRenderer extends CodaboxListRenderer {
    static template = "account_codabox.OverviewRenderer";
    static components = { ...CodaboxListRenderer.components, OverviewHeader, SharedCauses };
}

registry.category("views").add("codabox_overview", { ...listView, Renderer: OverviewRenderer });
