import type { z } from 'zod';
import { quoted } from '../output/harmless.ts';
import { didYouMean } from '../options/nearest.ts';

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

/** The unit of a bound. */
const COUNTED: Readonly<Record<string, string>> = {
  string: ' characters',
  array: ' entries',
  set: ' entries',
};

/**
 * Describes a validation error: what the member must be, and never its value, which may be a secret. Use it as
 * `safeParse(value, { error: inWords })`; error messages of the schema take precedence.
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
      return issue.keys.map((key) => `unknown member ${quoted(key)}`).join(', and ');
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

const FORMATS: Readonly<Record<string, string>> = { email: 'an e-mail address', url: 'a URL' };

/** Formats a validation error with the path of its member: `realm.settings.lifetimes.code: must be at least 1`. */
export const problemLine = ({ path, message }: Pick<z.core.$ZodIssue, 'path' | 'message'>): string =>
  `${path.join('.') || '(document)'}: ${message}`;

/** A message for each unknown member, which suggests the nearest known setting. */
export const unknownMembers = (
  { code, path, ...more }: z.core.$ZodIssue,
  known: readonly string[],
): readonly string[] =>
  code === 'unrecognized_keys' && 'keys' in more
    ? more.keys.map((key) => {
        const whole = [...path, key].join('.');
        return `${quoted(whole)}: unknown setting.${didYouMean(whole, known)}`;
      })
    : [];
