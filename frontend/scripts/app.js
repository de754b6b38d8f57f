// Everything interactive on ordinary pages. Each behaviour attaches itself by data-* attributes and keeps working
// on content that htmx brings later; what a page can do by links and forms alone, it does without this file.
import Alpine from "@alpinejs/csp";
import htmx from "htmx.org";
import "./behaviours/contents_list.js";
import "./behaviours/copy.js";
import "./behaviours/corrections.js";
import "./behaviours/csrf.js";
import "./behaviours/dialog.js";
import "./behaviours/dropdown.js";
import "./behaviours/enlarger.js";
import "./behaviours/facets.js";
import "./behaviours/fill.js";
import "./behaviours/notifications.js";
import "./behaviours/offline.js";
import "./behaviours/print.js";
import "./behaviours/push.js";
import "./behaviours/reading.js";
import "./behaviours/refused_forms.js";
import "./behaviours/search_focus.js";
import "./behaviours/opened_results.js";
import "./behaviours/suggestions.js";
import "./behaviours/tabs.js";
import "./behaviours/theme.js";
import "./behaviours/toasts.js";
import "./behaviours/unsaved_changes.js";
import { characterCount } from "./widgets/character_count.js";
import { imagePreview } from "./widgets/image_preview.js";

window.htmx = htmx;
window.Alpine = Alpine;

Alpine.data("characterCount", characterCount);
Alpine.data("imagePreview", imagePreview);
Alpine.start();
