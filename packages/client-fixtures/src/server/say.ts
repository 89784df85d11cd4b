const LONGEST = 200;

/** A value that the server sent, as JSON: short enough for a sentence, and without control characters. */
export function quote(value: unknown): string {
  const text = (JSON.stringify(value) ?? 'missing').replaceAll(/\p{C}+/gu, ' ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
