import { describe, expect, test } from 'vitest';
import { createResourceServer, createTokenVerifier } from '../src/index.ts';
import { createMcpTokenVerifier } from '../src/mcp/index.ts';

const GOOD = { issuer: 'https://id.example', resource: 'https://notes.example/mcp' };
const credentials = { id: 'notes', secret: 'correct-horse' };

/** The lines of the error that options cause, or none. */
function problemsOf(create: (options: never) => unknown, options: unknown): readonly string[] {
  try {
    create(Object(options) as never);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return String(error).replace('TypeError: ', '').split('\n');
  }
}

describe.each([
  ['createResourceServer', createResourceServer],
  ['createTokenVerifier', createTokenVerifier],
])('%s', (name, create) => {
  test('accepts its options', () => {
    const more = { dpop: 'offered', scopes: ['read'], clock: () => 0, nonceSecret: undefined };
    const remote = { revocations: { credentials, refreshSeconds: 5 }, introspection: { credentials } };
    expect(problemsOf(create, { ...GOOD, ...more, ...remote })).toEqual([]);
  });

  test('names a misspelt option, and those that exist', () => {
    const [line, ...others] = problemsOf(create, { ...GOOD, clocks: () => 0 });
    expect(others).toEqual([]);
    expect(line).toMatch(
      new RegExp(`^${name}: unknown option "clocks". The options are issuer, .*, clock\\.$`),
    );
  });

  test('names all missing options at once', () => {
    expect(problemsOf(create, {})).toEqual([
      `${name}: "issuer" is missing.`,
      `${name}: "resource" is missing.`,
    ]);
  });

  test.each([
    ['an unknown word', { dpop: 'requird' }, ': "dpop" must be "off" or "offered" or "required".'],
    ['a time instead of a clock', { clock: 5 }, ': "clock" must be a function.'],
    ['a list that is text', { scopes: 'read' }, ': "scopes" must be an array.'],
    ['null', { scopesNow: null }, ': "scopesNow" must be a function.'],
    ['a word instead of a group', { revocations: 'on' }, ': "revocations" must be an object.'],
    [
      'a misspelt option in a group',
      { revocations: { credentials, refreshSecond: 5 } },
      ': revocations: unknown option "refreshSecond". The options are',
    ],
    [
      'an unknown word in a group',
      { revocations: { credentials, withoutList: 'acept' } },
      ': revocations: "withoutList" must be "refuse" or "accept".',
    ],
    [
      'a negative number in a group',
      { revocations: { credentials, staleSeconds: -1 } },
      ': revocations: "staleSeconds" must be a number, 0 or more.',
    ],
    ['missing credentials', { introspection: {} }, ': introspection: "credentials" is missing.'],
    [
      'a missing secret',
      { introspection: { credentials: { id: 'notes' } } },
      ': introspection.credentials: "secret" is missing.',
    ],
  ])('names the option that is %s', (_, more, words) => {
    const [line, ...others] = problemsOf(create, { ...GOOD, ...more });
    expect(line?.slice(0, name.length + words.length)).toBe(`${name}${words}`);
    expect(others).toEqual([]);
  });

  test('does not print a secret', () => {
    const lines = problemsOf(create, {
      ...GOOD,
      nonceSecret: ['correct-horse'],
      secret: 'correct-horse',
    });
    expect(lines).toHaveLength(2);
    expect(lines.join('\n')).not.toContain('correct-horse');
  });
});

test('createMcpTokenVerifier names a misspelt option and all missing ones', () => {
  expect(problemsOf(createMcpTokenVerifier, { verfy: () => undefined })).toEqual([
    'createMcpTokenVerifier: unknown option "verfy". The options are verify, resource, invalidToken.',
    'createMcpTokenVerifier: "verify" is missing.',
    'createMcpTokenVerifier: "resource" is missing.',
    'createMcpTokenVerifier: "invalidToken" is missing.',
  ]);
});
