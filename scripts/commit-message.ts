const TYPES = ['feat', 'fix', 'perf', 'refactor', 'docs', 'test', 'build'] as const;

/** The longest subject, in characters: what tools display in one line. */
const MAX_LENGTH = 72;

const SUBJECT = new RegExp(String.raw`^(?:${TYPES.join('|')})\([a-z\d-]+(?:,[a-z\d-]+)*\): \S`);

/** What is wrong with the subject of a commit, or `undefined` if nothing is. */
export function problemOf(subject: string): string | undefined {
  if (!SUBJECT.test(subject)) {
    return `does not look like “type(scope): what”, with one of the types ${TYPES.join(', ')}`;
  }
  // Characters as people count them, not code units.
  const { length } = Array.from(subject);
  return length > MAX_LENGTH ? `has ${length} characters; ${MAX_LENGTH} are allowed` : undefined;
}
