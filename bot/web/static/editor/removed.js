/** An entry whose removal is a draft: it is brought back by throwing that draft away. */
import { ask, say, tell } from "./page.js";

const back = document.getElementById("back");
back.addEventListener("click", async () => {
  const { status, trouble } = await ask("DELETE", "/editor/api/drafts", { path: back.dataset.path, revision: Number(back.dataset.revision) });
  if (trouble || status === 409) return tell(trouble ?? say("ed-discard-conflict"), "bad");
  location.reload();
});
