const LONGEST = 200;

/** What a server sent, as JSON: short enough for a sentence, and without what would upset a terminal. */
export function quote(value: unknown): string {
  const text = (JSON.stringify(value) ?? 'missing').replaceAll(/\p{C}+/gu, ' ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
