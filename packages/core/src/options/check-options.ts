import { nearest } from '../text/nearest.ts';
import type { OptionTable } from './option-table.ts';

/** Whether members that the table does not have are problems. */
export interface CheckedOptions {
  /**
   * `allowed` if callers spread a wider object, such as all stores, into the options.
   *
   * @default "refused"
   */
  readonly others?: 'refused' | 'allowed';
}

/**
 * Checks the options of a function, which TypeScript does not do in JavaScript or for an object that was made elsewhere. Messages
 * never contain the value of an option, which may be a secret.
 *
 * @param of the name of the function, for the message
 * @throws TypeError that names each option that is unknown, missing or has the wrong type
 * @example
 *
 *     checkOptions<SweeperOptions>('createSweeper', options, { clock: 'function', limiter: 'consume()', days: 'whole number?' });
 */
export function checkOptions<Options extends object>(
  of: string,
  options: Options,
  table: OptionTable<Options>,
  { others = 'refused' }: CheckedOptions = {},
): void {
  const given: unknown = options;
  if (!isObject(given)) throw new TypeError(`${of}: the options must be an object.`);
  const kinds: ReadonlyMap<string, string> = new Map(Object.entries<string>(table));
  const missing = [...kinds.keys()].filter((name) => given[name] === undefined);
  const unknown = others === 'allowed' ? [] : Object.keys(given).filter((name) => !kinds.has(name));
  const problems = [
    ...unknown.map((name) => `unknown option "${name}".${suggestion(name, missing, [...kinds.keys()])}`),
    ...[...kinds].flatMap(([name, kind]) => problemOf(name, kind, given[name])),
  ];
  if (problems.length > 0) throw new TypeError(problems.map((problem) => `${of}: ${problem}`).join('\n'));
}

/** Options that were left out are more probable than those that are there already. */
function suggestion(name: string, missing: readonly string[], all: readonly string[]): string {
  const meant = nearest(name, missing) ?? nearest(name, all);
  return meant === undefined ? ` The options are ${all.join(', ')}.` : ` Did you mean "${meant}"?`;
}

function problemOf(name: string, kind: string, value: unknown): readonly string[] {
  const isOptional = kind.endsWith('?');
  if (value === undefined) return isOptional ? [] : [`"${name}" is missing. It must be ${inWords(kind)}.`];
  const accepted = alternatives(kind).some((one) => matches(one, value));
  return accepted ? [] : [`"${name}" must be ${inWords(kind)}.`];
}

const alternatives = (kind: string): readonly string[] => kind.replace(/\?$/, '').split(' | ');

function matches(kind: string, value: unknown): boolean {
  switch (kind) {
    case 'whole number':
      return typeof value === 'number' && value >= 0 && (Number.isInteger(value) || value === Infinity);
    case 'seconds':
      return typeof value === 'number' && value >= 0;
    case 'list':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'url':
      return typeof value === 'string' && /^https?:$/.test(URL.parse(value)?.protocol ?? '');
    case 'false':
      return value === false;
    default:
      return kind.endsWith('()')
        ? isObject(value) && typeof value[kind.slice(0, -2)] === 'function'
        : typeof value === kind;
  }
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['function', 'a function'],
  ['string', 'a string'],
  ['boolean', 'true or false'],
  ['whole number', 'a whole number, 0 or more'],
  ['seconds', 'a number of seconds, 0 or more'],
  ['list', 'an array'],
  ['object', 'an object'],
  ['url', 'an absolute URL with https or http'],
  ['false', 'false'],
]);

const inWords = (kind: string): string =>
  alternatives(kind)
    .map((one) => WORDS.get(one) ?? `an object with ${one}`)
    .join(' or ');

/** Functions count, because a port may be one with methods. */
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  (typeof value === 'object' && value !== null && !Array.isArray(value)) || typeof value === 'function';
