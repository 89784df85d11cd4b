/** The name of a result: its text, the `outcome` of an object, or for a commit why it was not made. */
export function nameOf(answer: unknown): string {
  if (typeof answer !== 'object' || answer === null) return String(answer);
  if ('committed' in answer) return 'unmet' in answer ? nameOfUnmet(answer.unmet) : 'committed';
  return 'outcome' in answer ? String(answer.outcome) : 'something';
}

function nameOfUnmet(unmet: unknown): string {
  if (typeof unmet !== 'object' || unmet === null || !('kind' in unmet)) return 'something';
  return 'reason' in unmet ? `${String(unmet.kind)}: ${String(unmet.reason)}` : String(unmet.kind);
}
