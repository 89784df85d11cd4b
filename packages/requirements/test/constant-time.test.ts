import { cite } from '@vestibule/requirements';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse, part, type Syntax, within } from './syntax.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const COMPARISONS: ReadonlySet<unknown> = new Set(['==', '===', '!=', '!==']);
const SECRET = /(?:hash|secret|token|verifier|challenge|password|csrf)$/i;
const HASHES = /(?:hash|digest|sha256)$/i;

/** Stores in memory look up a hash as the index of a database does: by equality with the whole hash. */
const LOOKUPS = /\/(?:memory|json-lines-store)\//;

/** The bench is a client: it compares tokens that it was given itself. */
const CLIENTS = /\/apps\/bench\//;

/** The last name of an expression: `hash` for `client.hash`. */
function nameOf(syntax: Syntax | undefined): string {
  if (syntax?.type === 'ChainExpression') return nameOf(part(syntax, 'expression'));
  const named = syntax?.type === 'MemberExpression' ? part(syntax, 'property') : syntax;
  return named?.type === 'Identifier' && typeof named['name'] === 'string' ? named['name'] : '';
}

/** Whether a value is a literal: comparing with it reveals nothing. */
const isWrittenOut = (syntax: Syntax | undefined): boolean =>
  syntax?.type === 'Literal' || nameOf(syntax) === 'undefined';

/** The names that a program gives to secrets and to their hashes: `kept` for `client.secretHash`. */
function givenNames(syntax: Syntax): readonly string[] {
  const below = within(syntax).flatMap(givenNames);
  if (syntax.type !== 'VariableDeclarator') return below;
  const given = part(syntax, 'init');
  const value = given?.type === 'AwaitExpression' ? part(given, 'argument') : given;
  const isSecret =
    value?.type === 'CallExpression'
      ? HASHES.test(nameOf(part(value, 'callee')))
      : SECRET.test(nameOf(value));
  // A destructuring pattern has names of its own.
  const name = nameOf(part(syntax, 'id'));
  return isSecret && name !== '' ? [...below, name] : below;
}

/** Comparisons of a secret, or of the hash of one, that stop at the first different character. */
function hastyComparisons(syntax: Syntax, given = new Set(givenNames(syntax))): readonly Syntax[] {
  const sides = [part(syntax, 'left'), part(syntax, 'right')];
  const isHasty =
    syntax.type === 'BinaryExpression' &&
    COMPARISONS.has(syntax['operator']) &&
    !sides.some(isWrittenOut) &&
    sides.some((side) => SECRET.test(nameOf(side)) || given.has(nameOf(side)));
  return [...(isHasty ? [syntax] : []), ...within(syntax).flatMap((piece) => hastyComparisons(piece, given))];
}

const hastyIn = (text: string): number => hastyComparisons(parse(text, 'a.ts')).length;

function sources(): readonly string[] {
  return ['packages', 'apps', 'examples']
    .flatMap((kind) => readdirSync(join(ROOT, kind)).map((name) => join(ROOT, kind, name, 'src')))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => join(folder, file)),
    )
    .filter((file) => !LOOKUPS.test(file) && !CLIENTS.test(file));
}

test(
  cite(
    'no source compares a secret or its hash letter by letter until one differs',
    'vestibule:secrets:constant-time',
  ),
  () => {
    expect(sources().length).toBeGreaterThan(300);
    const found = sources().filter(
      (file) => hastyComparisons(parse(readFileSync(file, 'utf8'), file)).length > 0,
    );
    expect(found.map((file) => file.replace(ROOT, ''))).toEqual([]);
  },
);

describe('such a comparison', () => {
  test.each([
    'const same = client.registrationAccessTokenHash === presented;',
    'if (presented !== kept.secretHash) refuse();',
    'const same = a?.hash == b;',
    'const isRight = () => token === sent.csrfToken;',
    'const kept = client?.secretHash; const isRight = presented === kept;',
    'const shown = await sha256(text); const isRight = shown === kept;',
  ])('is found: %s', (text) => {
    expect(hastyIn(text)).toBe(1);
  });

  test.each([
    'if (hash === undefined || token === null) refuse();',
    "const isMissing = outcome.token === 'missing';",
    "if (url.hash !== '') refuse();",
    'const isRight = equalInConstantTime(hash, presented);',
    'const isFirst = tokens.length === 1;',
  ])('is not: %s', (text) => {
    expect(hastyIn(text)).toBe(0);
  });
});
