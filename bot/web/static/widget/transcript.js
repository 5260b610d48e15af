/** The conversation as a file: text to read, JSON for `guichet verify` (the shape of a replay's line). */
import { safeLinks, sourceWords } from "./block.js";

function save(name, type, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** One answer in words, as it is copied and saved. */
export function answerWords(block, reply, notices, t) {
  return [
    block.state === "past" && `[${t.past}]`,
    block.text,
    ...(block.checks ?? []).map(({ criterion, given, outcome }) => `${t.criteria[criterion] ?? criterion} (${given})${t.colon} ${t.outcomes[outcome] ?? outcome}`),
    ...safeLinks(block).map(({ label, url }) => `${label} <${url}>`),
    sourceWords(block, reply.language, notices, t),
  ].filter(Boolean).join("\n");
}

export function transcriptText(turns, notices, t) {
  const when = (stamp) => new Date(stamp).toLocaleString(t.code === "fr" ? "fr-BE" : "en-GB", { dateStyle: "long", timeStyle: "short" });
  const parts = turns.map(({ at, text, label, reply, trouble }) => [
    `${when(at)}\n${t.you}${t.colon} ${label ?? text}`,
    ...(reply?.blocks.map((block) => `${t.bot}${t.colon}\n${answerWords(block, reply, notices, t)}`) ?? [trouble && t.trouble[trouble.kind]]),
  ].filter(Boolean).join("\n\n"));
  const version = turns.findLast(({ reply }) => reply)?.reply.content_version ?? "";
  const head = [t.transcript, `${t.saved} ${when(Date.now())} ${version}`, ...t.promises].join("\n");
  return [head, ...parts].join("\n\n---\n\n") + "\n";
}

export function transcriptData(turns) {
  const kept = turns.filter(({ reply }) => reply).map(({ text = null, entry = null, language, notice, at, reply }) => ({ text, entry, language, notice, at, reply }));
  return JSON.stringify({ id: `transcript-${new Date().toISOString()}`, turns: kept }, null, 2) + "\n";
}

export function download(kind, turns, notices, t) {
  const day = new Date().toISOString().slice(0, 10);
  if (kind === "json") save(`guichet-${day}.json`, "application/json", transcriptData(turns));
  else save(`guichet-${day}.txt`, "text/plain", `\ufeff${transcriptText(turns, notices, t)}`);
}
