import { parseArgs } from 'node:util';

/** A mistake in the command line. Its message names the option and says what is allowed. */
export class UsageError extends Error {}

/** Reads the text of an option. Throws a {@link UsageError} that names the option. */
export type Reader<T> = (text: string, option: string) => T;

/** A command line whose options have values. */
export interface GivenOptions<Name extends string> {
  /** The value of an option, `undefined` if it was not given. */
  readonly read: <T>(name: Name, reader: Reader<T>) => T | undefined;
  /** The arguments that are not options. */
  readonly others: readonly string[];
}

/** Reads a command line that may have these options. */
export function parseOptions<const Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): GivenOptions<Name> {
  const { values, positionals } = parsed(args, names);
  return {
    read: (name, reader) => {
      const text = values[name];
      return typeof text === 'string' ? reader(text, `--${name}`) : undefined;
    },
    others: positionals,
  };
}

function parsed(
  args: readonly string[],
  names: readonly string[],
): { values: Readonly<Record<string, unknown>>; positionals: readonly string[] } {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new UsageError(`${message}. Options: ${names.map((name) => `--${name}`).join(', ')}.`);
  }
}

/** A whole number within bounds. */
export const wholeNumber =
  (least: number, most: number): Reader<number> =>
  (text, option) => {
    const value = Number(text);
    if (Number.isInteger(value) && text.trim() !== '' && value >= least && value <= most) return value;
    throw new UsageError(`${option} ${text}: must be a whole number from ${least} to ${most}.`);
  };

/** A number within bounds. */
export const anyNumber =
  (least: number, most: number): Reader<number> =>
  (text, option) => {
    const value = Number(text);
    if (text.trim() !== '' && value >= least && value <= most) return value;
    throw new UsageError(`${option} ${text}: must be a number from ${least} to ${most}.`);
  };

/** Comma-separated values, at least one. */
export const listOf =
  <T>(read: Reader<T>): Reader<readonly T[]> =>
  (text, option) => {
    const parts = text.split(',').map((part) => part.trim());
    return parts.map((part) => read(part, option));
  };

/** One of these names. */
export const oneOf =
  <T extends string>(names: readonly T[]): Reader<T> =>
  (text, option) => {
    const found = names.find((name) => name === text);
    if (found !== undefined) return found;
    throw new UsageError(`${option} ${text}: must be one of ${names.join(', ')}.`);
  };

export const anyText: Reader<string> = (text) => text;

/** The address of a server, which the load reaches without TLS. */
export const httpUrl: Reader<URL> = (text, option) => {
  const url = URL.parse(text);
  if (url !== null && url.protocol === 'http:') return url;
  throw new UsageError(`${option} ${text}: must be an http URL, for example http://127.0.0.1:8080.`);
};
