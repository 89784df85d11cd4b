/**
 * Timing of a comparison of secrets: the time of a refusal reveals how much of a guess is right. So no secret is compared
 * with `===`: it is looked up by its hash, or compared in a time that depends only on its length.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/208.html CWE-208}
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-10.10 RFC 6749 §10.10}
 *
 * Taken out: packages/server/src/endpoints/sign-in.ts: `!equalInConstantTime(form.fields.get('csrf') ?? '', signInToken(form))` → `form.fields.get('csrf') !== signInToken(form)`
 * Then fails: compares presented secrets in constant time or looks them up by their hash a sign-in form
 * Taken out: packages/server/src/client/authentication/authenticate-api.ts: `some((known) => equalInConstantTime(known, hash)) === true` → `includes(hash)`
 * Then fails: compares no bytes with a method that stops at the first difference
 * Taken out: packages/node/src/operator-token.ts: `timingSafeEqual(digest(token), expected)` → `digest(token).equals(expected)`
 * Then fails: compares no bytes with a method that stops at the first difference
 */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseAst } from 'vitest/node';
import { ROOT } from './support/defences.ts';

/** A node of an ESTree syntax tree. */
interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}

const isSyntax = (value: unknown): value is Syntax =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  typeof value.type === 'string' &&
  'start' in value;

/** Every node of a program. */
function* piecesOf(syntax: Syntax): Generator<Syntax> {
  yield syntax;
  for (const value of Object.values(syntax)) {
    for (const one of Array.isArray(value) ? value : [value]) if (isSyntax(one)) yield* piecesOf(one);
  }
}

/** The names of secrets and of what represents one. Nonces and thumbprints are not secret. */
const SECRET = /(?:secret|password|hash|hashes|csrf|verifier|challenge|assertion|operatorToken|digest)$/i;

/** The names in a comparison: of a variable or a member, of a called function and of its arguments. */
function namesOf(syntax: unknown, text: string): readonly string[] {
  if (!isSyntax(syntax)) return [];
  const within = (...members: string[]): readonly string[] =>
    members.flatMap((member) => {
      const value = syntax[member];
      return (Array.isArray(value) ? value : [value]).flatMap((one) => namesOf(one, text));
    });
  switch (syntax.type) {
    case 'Identifier':
    case 'Literal':
      return [text.slice(syntax.start, syntax.end).replaceAll(/['"]/g, '')];
    case 'MemberExpression':
      return within('property');
    case 'CallExpression':
      return within('callee', 'arguments');
    case 'AwaitExpression':
    case 'ChainExpression':
    case 'TSAsExpression':
      return within('argument', 'expression');
    case 'LogicalExpression':
      return within('left', 'right');
    case 'ConditionalExpression':
      return within('consequent', 'alternate');
    default:
      return [];
  }
}

interface Comparison {
  readonly where: string;
  readonly text: string;
}

/** Tests, and packages that get no requests. */
const ELSEWHERE = /\.test\.ts$|\/(?:requirements|client-fixtures|store-testkit)\//;

let sources: readonly { readonly file: string; readonly text: string; readonly pieces: readonly Syntax[] }[];
beforeAll(async () => {
  const files: string[] = [];
  for (const place of ['packages/*/src/**/*.ts', 'apps/reference/src/**/*.ts']) {
    for await (const file of glob(place, { cwd: ROOT })) {
      if (!ELSEWHERE.test(file)) files.push(file);
    }
  }
  sources = await Promise.all(
    files.toSorted().map(async (file) => {
      const text = await readFile(join(ROOT, file), 'utf8');
      const program: unknown = parseAst(text, { lang: 'ts' }, file);
      return { file, text, pieces: isSyntax(program) ? [...piecesOf(program)] : [] };
    }),
  );
});

test('finds enough to check', () => {
  expect(sources.length).toBeGreaterThan(200);
  expect(sources.every(({ pieces }) => pieces.length > 1)).toBe(true);
});

test('compares no bytes with a method that stops at the first difference', () => {
  const found: Comparison[] = [];
  for (const { file, text, pieces } of sources) {
    for (const piece of pieces) {
      const { callee } = piece;
      if (piece.type !== 'CallExpression' || !isSyntax(callee) || !isSyntax(callee['property'])) continue;
      const { start, end } = callee['property'];
      const isComparing = /^(?:equals|compare|localeCompare|includes|indexOf)$/.test(text.slice(start, end));
      const names = [...namesOf(callee['object'], text), ...namesOf(piece, text)];
      const isOfSecrets = names.some((name) => SECRET.test(name));
      if (isComparing && isOfSecrets) found.push({ where: file, text: text.slice(piece.start, piece.end) });
    }
  }
  expect(found).toEqual([]);
});

describe('compares presented secrets in constant time or looks them up by their hash', () => {
  const places: [string, string, RegExp][] = [
    [
      'a registration access token',
      'packages/core/src/registration/present-access-token.ts',
      /equalInConstantTime\(presented, /,
    ],
    ['an initial access token', 'packages/core/src/registration/initial-access-token.ts', /hash/i],
    ['a code', 'packages/server/src/token/token-reads.ts', /codes\.find\(realmId, codeKey\(given\)/],
    [
      'a verifier',
      'packages/server/src/token/authorization-code-grant.ts',
      /equalInConstantTime\(challenge, /,
    ],
    ['a refresh token', 'packages/server/src/token/token-reads.ts', /= presentedRefreshToken\(given\)/],
    [
      'a session',
      'packages/server/src/person/current-session.ts',
      /sessions\.find\(context\.realm, hashOf\(browserSecret, place\)\)/,
    ],
    [
      'a client’s secret',
      'packages/server/src/client/authentication/proof.ts',
      /equalInConstantTime\(hash, /,
    ],
    [
      'an API’s secret',
      'packages/server/src/client/authentication/authenticate-api.ts',
      /equalInConstantTime\(known, /,
    ],
    [
      'a browser’s secret',
      'packages/server/src/interaction/resume-interaction.ts',
      /equalInConstantTime\(sha256\(browserSecret\)/,
    ],
    [
      'a sign-in form',
      'packages/server/src/endpoints/sign-in.ts',
      /equalInConstantTime\(form\.fields\.get\('csrf'\)/,
    ],
    [
      'the state of a sign-in',
      'packages/server/src/sign-in/sign-in-state.ts',
      /equalInConstantTime\(state\.text, /,
    ],
    [
      'a form that takes one click',
      'packages/server/src/web/timed-token.ts',
      /equalInConstantTime\(token \?\? '', /,
    ],
    [
      'an operator’s token',
      'packages/node/src/operator-token.ts',
      /timingSafeEqual\(digest\(token\), expected\)/,
    ],
    ['a password', 'packages/node/src/passwords.ts', /await fits\(passwordHash, spelling\)/],
  ];
  test.each(places)('%s', (_, file, how) => {
    expect(sources.find((source) => source.file === file)?.text).toMatch(how);
  });
});
