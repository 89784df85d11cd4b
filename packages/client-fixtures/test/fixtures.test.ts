import { readdirSync } from 'node:fs';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { fixtures } from '../src/index.ts';

test(
  cite('there are eighteen agents, each with a file of its name', 'vestibule:client-fixtures:agents'),
  () => {
    const files = readdirSync(new URL('../src/agents', import.meta.url));
    expect(fixtures).toHaveLength(18);
    expect(fixtures.map(({ id }) => `${id}.ts`)).toEqual(files.toSorted());
  },
);

test(
  cite('there are more than three hundred redirect URIs to try', 'vestibule:client-fixtures:redirects'),
  () => {
    expect(fixtures.flatMap(({ redirects }) => redirects).length).toBeGreaterThan(300);
  },
);

describe.each(fixtures.map((fixture) => [fixture.client, fixture] as const))('%s', (_, fixture) => {
  const { registration, redirects, scope, needs, source } = fixture;

  test(cite('says how it is known', 'vestibule:client-fixtures:agents'), () => {
    expect(source).toMatch(/20\d\d/);
  });

  test('comes back to everything that it registered, and to the first of them first', () => {
    const working = redirects.filter(({ works }) => works).map(({ uri }) => uri);
    expect(working).toEqual(expect.arrayContaining([...registration.redirect_uris]));
    expect(redirects[0]?.uri).toBe(registration.redirect_uris[0]);
  });

  test(
    cite(
      'has look-alikes of everything that it registered, and no URI twice',
      'vestibule:client-fixtures:redirects',
    ),
    () => {
      const uris = redirects.map(({ uri }) => uri);
      expect(new Set(uris).size).toBe(uris.length);
      const alike = new Set(redirects.flatMap(({ like }) => like ?? []));
      // VS Code registers one loopback address twice.
      const once = registration.redirect_uris.filter((uri) => uri !== 'http://127.0.0.1/');
      expect(alike).toEqual(new Set(once));
      for (const { works, like } of redirects) expect(works).toBe(like === undefined);
    },
  );

  test('asks for what it needs', () => {
    expect(scope === 'none').toBe(registration.scope === undefined);
    expect(needs.authMethods).toContain(registration.token_endpoint_auth_method ?? 'none');
    expect(registration.grant_types ?? ['authorization_code']).toEqual(needs.grants);
  });
});
