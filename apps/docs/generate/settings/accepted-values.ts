import { objectOf, parseSettings } from '@vestibule/core/realm';

/** Bounds that need no mention. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(['', 'at least 0 second']);

/** What a setting accepts, in the words of its parser: `a number`, `at least 0`. */
export function acceptedValues(path: string): readonly string[] {
  const [type = '', ...bounds] = [null, -1, Number.MAX_SAFE_INTEGER].map((value) => problemWith(path, value));
  const others = bounds.map((bound) => (bound.startsWith(type) ? bound.slice(type.length) : bound));
  return [type, ...others]
    .map((words) => words.replace(/^, and /, ''))
    .filter((words) => !SAYS_NOTHING.has(words));
}

/** What has to be true of the value instead. Empty if it is accepted. */
function problemWith(path: string, value: unknown): string {
  const parsed = parseSettings(objectOf(path, value));
  const problem = parsed.ok ? undefined : parsed.problems.find(({ place }) => place === path);
  return problem?.problem.replace(/^must be /, '') ?? '';
}
