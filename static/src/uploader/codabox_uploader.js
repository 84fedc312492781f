import { registry } from "@web/core/registry";
import {
    AccountFileUploader,
    accountFileUploader,
} from "@account/components/account_file_uploader/account_file_uploader";

/**
 * Odoo's own uploader of the journal card, telling the server that the person means CODA: what
 * cannot be read is then kept and reported instead of being left to another import.
 */
export class CodaboxUploader extends AccountFileUploader {
    static template = "account_codabox.CodaboxUploader";

    getExtraContext() {
        return { ...super.getExtraContext(), codabox_upload: true };
    }
}

registry.category("view_widgets").add("codabox_uploader", {
    ...accountFileUploader,
    component: CodaboxUploader,
});
