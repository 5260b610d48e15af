/** The list of entries: searched while one types; the address follows, so that it can be kept and sent. */
import { settled } from "./page.js";

const filters = document.getElementById("filters");
filters.querySelector(".go").hidden = true;
let wanted = 0;

async function show() {
  const given = [...new FormData(filters)].filter(([, value]) => value);
  const address = `/editor${given.length ? `?${new URLSearchParams(given)}` : ""}`;
  const mine = ++wanted;
  const response = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!response?.ok || mine !== wanted) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const found = page.getElementById("found");
  if (!found) return location.assign(address);
  history.replaceState(null, "", address);
  document.getElementById("found").replaceChildren(...document.adoptNode(found).childNodes);
}

const soon = settled(show, 200);
filters.addEventListener("input", soon);
filters.addEventListener("submit", (event) => (event.preventDefault(), show()));
