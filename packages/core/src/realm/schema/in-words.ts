import * as z from 'zod';
import { didYouMean } from '../../text/nearest.ts';
import { type Parsed, placeOf, type Problem } from '../problem.ts';

/**
 * Reads a value with a schema.
 *
 * @returns what the schema makes of it, or all problems in plain English
 */
export function parseWith<T>(schema: z.ZodType<T>, value: unknown): Parsed<T> {
  // A schema here is made for one document, so that zod would compile a parser that is used once.
  const parsed = schema.safeParse(value, { error: inWords, jitless: true });
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, problems: parsed.error.issues.flatMap(problemsOf) };
}

/** The problems of an issue: one for each unknown member, otherwise one. */
const problemsOf = ({ path, message, ...issue }: z.core.$ZodIssue): readonly Problem[] =>
  issue.code === 'unrecognized_keys' && 'keys' in issue
    ? issue.keys.map((key, index) => ({
        place: placeOf([...path, key]),
        problem: message.split('\n')[index] ?? message,
      }))
    : [{ place: placeOf(path), problem: message }];

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list: [ … ]',
  tuple: 'a list: [ … ]',
  object: 'an object: { … }',
  record: 'an object: { … }',
};

/** What a bound counts. */
const COUNTED: Readonly<Record<string, readonly [one: string, several: string]>> = {
  string: [' character', ' characters'],
  array: [' entry', ' entries'],
  set: [' entry', ' entries'],
};

const counted = (number: number | bigint, origin: string): string => {
  const [one = '', several = ''] = COUNTED[origin] ?? [];
  return `${number}${Number(number) === 1 ? one : several}`;
};

const FORMATS: Readonly<Record<string, string>> = { email: 'an e-mail address', url: 'a URL' };

/**
 * Describes an issue: what the member must be, and never its value, which may be a secret. Unknown members are a line each.
 * Messages of the schema take precedence.
 */
const inWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return `must be at least ${counted(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `must be at most ${counted(issue.maximum, issue.origin)}`;
    case 'unrecognized_keys': {
      const known = issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape) : [];
      return issue.keys.map((key) => `unknown member.${didYouMean(key, known)}`).join('\n');
    }
    case 'invalid_format':
      return `must be written as ${FORMATS[issue.format] ?? issue.format}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'invalid_union':
      return 'is invalid';
  }
};
