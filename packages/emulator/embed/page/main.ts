// The script of the inspector page: refreshes the page and posts what the buttons do.

import { startButtons } from "./buttons.ts";
import { startFaultForm } from "./fault-form.ts";
import { startForms } from "./forms.ts";
import { startLive } from "./live.ts";
import { startOpening } from "./opened.ts";
import { rememberRows } from "./rows.ts";
import { startTabs } from "./tabs.ts";
import { localiseTimes } from "./times.ts";

localiseTimes(document);
rememberRows();
startTabs();
startButtons();
startForms();
startFaultForm();
startOpening();
startLive();
