/** How often each answer came: `{ inserted: 1, exists: 19 }`. Answers that are objects go by their `outcome`. */
export function tally(answers: readonly unknown[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const answer of answers) {
    const name = nameOf(answer);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function nameOf(answer: unknown): string {
  if (typeof answer !== 'object' || answer === null) return String(answer);
  return 'outcome' in answer ? String(answer.outcome) : 'something';
}
