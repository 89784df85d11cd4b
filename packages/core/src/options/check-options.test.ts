import { describe, expect, test } from 'vitest';
import { checkOptions } from './check-options.ts';
import type { OptionTable } from './option-table.ts';

interface Options {
  readonly clock: () => number;
  readonly realms: { find(id: string): string };
  readonly issuer: string;
  readonly limit?: number;
  readonly wait?: number;
  readonly names?: readonly string[];
  readonly isOpen?: boolean;
  readonly secret?: string;
  readonly database?: string | { readonly path: string };
}

const TABLE: OptionTable<Options> = {
  clock: 'function',
  realms: 'find()',
  issuer: 'url',
  limit: 'whole number?',
  wait: 'seconds?',
  names: 'list?',
  isOpen: 'boolean?',
  secret: 'string?',
  database: 'string | object?',
};

class Realms {
  find(id: string): string {
    return id;
  }
}

const GOOD = { clock: () => 0, realms: new Realms(), issuer: 'https://id.example' };

/** The lines of the error, or none. */
function problems(
  options: Readonly<Record<string, unknown>> | undefined,
  others?: 'allowed',
): readonly string[] {
  try {
    checkOptions<Options>('create', Object(options), TABLE, others && { others });
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return String(error).replace('TypeError: ', '').split('\n');
  }
}

describe('checkOptions', () => {
  test.each([
    ['accepts the required options alone, also if a port is an instance of a class', {}],
    [
      'accepts all options',
      { limit: 0, wait: 0.5, names: [], isOpen: false, secret: 's', database: { path: 'a' } },
    ],
    ['accepts undefined for an optional one', { limit: undefined, secret: undefined }],
    ['accepts infinity as a limit', { limit: Infinity }],
    ['accepts both types of an option that may have two', { database: './a.db' }],
  ])('%s', (_, more) => {
    expect(problems({ ...GOOD, ...more })).toEqual([]);
  });
});

describe('an error names', () => {
  test.each([
    ['a misspelt option and the nearest one', { limt: 1 }, ['unknown option "limt". Did you mean "limit"?']],
    [
      'an option that resembles none, and all that exist',
      { colour: 1 },
      [`unknown option "colour". The options are ${Object.keys(TABLE).join(', ')}.`],
    ],
    [
      'the nearest option that is missing for a misspelt required one',
      { clock: undefined, clocks: () => 0 },
      ['unknown option "clocks". Did you mean "clock"?', '"clock" is missing. It must be a function.'],
    ],
    [
      'all required options that are missing',
      { clock: undefined, realms: undefined, issuer: undefined },
      [
        '"clock" is missing. It must be a function.',
        '"realms" is missing. It must be an object with find().',
        '"issuer" is missing. It must be an absolute URL with https or http.',
      ],
    ],
    ['a function that is not one', { clock: 5 }, ['"clock" must be a function.']],
    [
      'a port without its method',
      { realms: { list: () => [] } },
      ['"realms" must be an object with find().'],
    ],
    ['a port that is null', { realms: null }, ['"realms" must be an object with find().']],
    [
      'an issuer without a scheme',
      { issuer: 'id.example' },
      ['"issuer" must be an absolute URL with https or http.'],
    ],
    [
      'a URL of another scheme',
      { issuer: 'file:///a' },
      ['"issuer" must be an absolute URL with https or http.'],
    ],
    ['a number as text', { limit: '5' }, ['"limit" must be a whole number, 0 or more.']],
    ['a fraction of a whole number', { limit: 1.5 }, ['"limit" must be a whole number, 0 or more.']],
    ['a negative number', { limit: -1 }, ['"limit" must be a whole number, 0 or more.']],
    ['no number at all', { wait: Number.NaN }, ['"wait" must be a number of seconds, 0 or more.']],
    ['a list that is not one', { names: 'a, b' }, ['"names" must be an array.']],
    ['a word for true', { isOpen: 'yes' }, ['"isOpen" must be true or false.']],
    ['an option with two types', { database: 5 }, ['"database" must be a string or an object.']],
    ['an optional option that is null', { secret: null }, ['"secret" must be a string.']],
  ])('%s', (_, more, lines) => {
    expect(problems({ ...GOOD, ...more })).toEqual(lines.map((line) => `create: ${line}`));
  });
});

test('an error does not contain the value of an option, which may be a secret', () => {
  const secret = 'correct-horse';
  const lines = problems({ ...GOOD, secret: [secret], issuer: secret, secrets: secret, limit: secret });
  expect(lines).toHaveLength(4);
  expect(lines.join('\n')).not.toContain(secret);
});

test('options that may have other members are checked for missing and ill-typed ones only', () => {
  expect(problems({ ...GOOD, leases: {} }, 'allowed')).toEqual([]);
  expect(problems({ ...GOOD, clock: undefined, clocks: () => 0 }, 'allowed')).toEqual([
    'create: "clock" is missing. It must be a function.',
  ]);
});

test.each([undefined, null, 'options', 5, []])('options that are %j are refused', (options) => {
  expect(() => checkOptions<Options>('create', options as never, TABLE)).toThrow(
    new TypeError('create: the options must be an object.'),
  );
});

test('a table without an option, or with the wrong kind of one, does not compile', () => {
  // @ts-expect-error b has no entry
  const withoutEntry: OptionTable<{ readonly a: string; readonly b?: string }> = { a: 'string' };
  // @ts-expect-error b is optional
  const required: OptionTable<{ readonly b?: string }> = { b: 'string' };
  // @ts-expect-error b is a number
  const illTyped: OptionTable<{ readonly b: number }> = { b: 'string' };
  // @ts-expect-error b has no such method
  const otherMethod: OptionTable<{ readonly b: { find(): void } }> = { b: 'list()' };
  expect([withoutEntry, required, illTyped, otherMethod]).toHaveLength(4);
});
