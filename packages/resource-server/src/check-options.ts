/** What an option must be: the result of `typeof`, or a list of the values that exist. */
type Kind = 'string' | 'number' | 'function' | 'object' | 'array' | readonly string[];

/** The options of a function: whether each is required, and what it must be. The compiler checks that none is left out. */
export type OptionTable<Options> = {
  readonly [Name in keyof Options]-?: Options extends Record<Name, unknown>
    ? readonly ['required', Kind]
    : readonly ['optional', Kind];
};

/**
 * Checks the options of a function. Messages never contain a value, which may be a secret.
 *
 * @param of the function, and where in its options these are
 * @throws TypeError that names each option that is unknown, missing or has the wrong type
 */
export function checkOptions<Options extends object>(
  of: string,
  options: Options,
  table: OptionTable<Options>,
): void {
  const given: unknown = options;
  if (!isObject(given)) throw new TypeError(`${of}: the options must be an object.`);
  const entries = Object.entries<readonly [string, Kind]>(table);
  const names = entries.map(([name]) => name);
  const problems = [
    ...Object.keys(given)
      .filter((name) => !names.includes(name))
      .map((name) => `unknown option "${name}". The options are ${names.join(', ')}.`),
    ...entries
      .filter(([name, [need, kind]]) => !fits(given[name], need, kind))
      .map(([name, [, kind]]) =>
        given[name] === undefined ? `"${name}" is missing.` : `"${name}" must be ${inWords(kind)}.`,
      ),
  ];
  if (problems.length > 0) throw new TypeError(problems.map((problem) => `${of}: ${problem}`).join('\n'));
}

function fits(value: unknown, need: string, kind: Kind): boolean {
  if (value === undefined) return need === 'optional';
  if (kind === 'object') return isObject(value);
  if (kind === 'array') return Array.isArray(value);
  if (kind === 'number') return typeof value === 'number' && value >= 0;
  return typeof kind === 'string' ? typeof value === kind : kind.some((one) => one === value);
}

const WORDS = {
  string: 'a string',
  number: 'a number, 0 or more',
  function: 'a function',
  object: 'an object',
  array: 'an array',
} as const;

const inWords = (kind: Kind): string =>
  typeof kind === 'string' ? WORDS[kind] : kind.map((one) => JSON.stringify(one)).join(' or ');

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
