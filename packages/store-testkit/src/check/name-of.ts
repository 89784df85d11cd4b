/** What an answer is called: its text, or its `outcome` where it is an object. */
export function nameOf(answer: unknown): string {
  if (typeof answer !== 'object' || answer === null) return String(answer);
  return 'outcome' in answer ? String(answer.outcome) : 'something';
}
