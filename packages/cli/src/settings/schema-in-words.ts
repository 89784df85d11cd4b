import type { z } from 'zod';
import { quoted } from '../output/harmless.ts';
import { didYouMean } from '../options/nearest.ts';

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list: [ … ]',
  tuple: 'a list: [ … ]',
  object: 'an object: { … }',
  record: 'an object: { … }',
};

/** What a bound is counted in. */
const COUNTED: Readonly<Record<string, string>> = {
  string: ' characters',
  array: ' entries',
  set: ' entries',
};

/**
 * Says what is wrong with a member in the words of the person who wrote it: what it must be, and never what it was, which may
 * be a secret. For `safeParse(value, { error: inWords })`; what a schema says itself comes first.
 */
export const inWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return `must be at least ${issue.minimum}${COUNTED[issue.origin] ?? ''}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${COUNTED[issue.origin] ?? ''}`;
    case 'unrecognized_keys':
      return issue.keys.map((key) => `has no member ${quoted(key)}`).join(', and ');
    case 'invalid_format':
      return `must be written as ${FORMATS[issue.format] ?? issue.format}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'invalid_union':
      return 'is not what it has to be';
  }
};

const FORMATS: Readonly<Record<string, string>> = { email: 'an e-mail address', url: 'a URL' };

/** A problem with the path to its member: `realm.settings.lifetimes.code: must be at least 1`. */
export const problemLine = ({ path, message }: Pick<z.core.$ZodIssue, 'path' | 'message'>): string =>
  `${path.join('.') || '(the whole)'}: ${message}`;

/** Members that there are not, each with the nearest that there is. */
export const unknownMembers = (
  { code, path, ...more }: z.core.$ZodIssue,
  known: readonly string[],
): readonly string[] =>
  code === 'unrecognized_keys' && 'keys' in more
    ? more.keys.map((key) => {
        const whole = [...path, key].join('.');
        return `${quoted(whole)}: there is no such setting.${didYouMean(whole, known)}`;
      })
    : [];
