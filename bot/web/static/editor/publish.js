/** Publishing: what changes in what is understood is tested while the editor reads; two presses make one release. */
import { data } from "./page.js";
import { testAll } from "./trial.js";

document.getElementById("all")?.addEventListener("click", testAll);
if (data.trial) testAll();
for (const form of document.querySelectorAll("form[method=post]")) form.addEventListener("submit", () => form.querySelectorAll("button").forEach((button) => setTimeout(() => (button.disabled = true))));
