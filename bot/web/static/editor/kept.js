/** Unsaved work, kept in this browser until it is saved: by document, with the revision that it was made from. */

const DAYS = 14;
const key = (path) => `guichet editor ${path}`;

/** Without storage (private windows) nothing is kept, and nothing breaks. */
function attempt(run) {
  try {
    return run();
  } catch {
    return null;
  }
}

export const keep = (path, revision, values) => attempt(() => localStorage.setItem(key(path), JSON.stringify({ revision, values, at: Date.now() })));
export const drop = (path) => attempt(() => localStorage.removeItem(key(path)));

/** @returns {{revision: number, values: object, at: number} | null} */
export function kept(path) {
  const found = attempt(() => JSON.parse(localStorage.getItem(key(path))));
  if (!found?.values) return null;
  if (Date.now() - found.at < DAYS * 86_400_000) return found;
  drop(path);
  return null;
}
