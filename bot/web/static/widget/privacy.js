/** Does a text look as if it held personal data? A guess made in the browser, before anything is sent. */

const HARMLESS = [
  /(?<![\d/])\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b(?![/.-]\d)/g,  // 22/06/2025
  /\b\d{4}-\d{2}(?:-\d{2})?\b/g,  // 2025-06-22
  /\b\d{1,2}\s?(?:[:h]|heures?)\s?\d{2}\b/gi,  // 23:59, 23 h 59
  /\b(?:19|20)\d{2}\b/g,  // a year
  /\b\d{1,3}(?:[  ,.]\d{3})*[.,]\d{1,2}\b(?=\s?(?:€|eur))/gi,  // 1,286.09 EUR
  /\b\d{6}\b(?![ .-]?\d)/g,  // the reference of a notice
];

const SIGNS = [
  ["email", /[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}/i],
  ["identity", /\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?\b/],  // an account number
  ["identity", /\b[A-Z]{1,3}[ -]?\d{6,9}[A-Z]?\b/],  // a passport or identity card
  ["identity", /\b\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}\b/],  // a Belgian national number
  ["identity", /\b[12] ?\d{2} ?\d{2} ?\d{2} ?\d{3} ?\d{3}(?: ?\d{2})?\b/],  // a French social security number
  ["phone", /(?:\+|\b00)\d(?:[ ().\/-]*\d){6,14}\b/],
  ["phone", /(?<![\d.,])\(?0\d(?:[ ().\/-]*\d){7,10}\b/],
  ["identity", /(?<![\d.,])\d(?:[ .-]?\d){8,14}\b/],  // any other long number
];

/** @returns {"email" | "phone" | "identity" | null} */
export function personalData(text) {
  const rest = HARMLESS.reduce((left, pattern) => left.replace(pattern, " # "), text);
  return SIGNS.find(([, pattern]) => pattern.test(rest))?.[0] ?? null;
}
