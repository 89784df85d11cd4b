/** The name of a result: its text, or the `outcome` of an object. */
export function nameOf(answer: unknown): string {
  if (typeof answer !== 'object' || answer === null) return String(answer);
  return 'outcome' in answer ? String(answer.outcome) : 'something';
}
