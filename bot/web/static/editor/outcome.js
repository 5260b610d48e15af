/** Where an import shows what came of it. */

const outcome = document.getElementById("outcome");

export const shown = (...nodes) => {
  outcome.replaceChildren(...nodes.flat().filter(Boolean));
  outcome.scrollIntoView({ block: "start" });
  outcome.focus({ preventScroll: true });
};
