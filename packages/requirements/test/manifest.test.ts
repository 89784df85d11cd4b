import { expect, test } from 'vitest';
import { cite, requirements } from '../src/index.ts';

const entries = Object.entries(requirements);

test('there are more than five hundred requirements', () => {
  expect(entries.length).toBeGreaterThan(500);
});

test('every id says where it is from', () => {
  const form =
    /^(?:(?:rfc\d{4}|cimd|oauth2\.1|oidc-core|oidc-discovery):(?:\d+(?:\.\d+)*|[A-Z])|(?:mcp|vestibule):[a-z]+(?:-[a-z]+)*):[a-z\d]+(?:-[a-z\d]+)*$/;
  expect(entries.filter(([id]) => !form.test(id))).toEqual([]);
  const source =
    /^(?:(?:RFC \d{4}|OAuth Client ID Metadata Document|OAuth 2\.1|OpenID Connect (?:Core|Discovery)) §(?:\d+(?:\.\d+)*|[A-Z])|(?:MCP authorization 2026-07-28|Vestibule), [a-z ]+)$/;
  expect(entries.filter(([, requirement]) => !source.test(requirement.source))).toEqual([]);
});

test('every behavior is one sentence, and no two are the same', () => {
  const sentence = /^(?:[^.]|\.(?=\w))+\.$/;
  expect(entries.filter(([, { behavior }]) => !sentence.test(behavior))).toEqual([]);
  const told = entries.map(([, { source, behavior }]) => `${source}: ${behavior}`);
  expect(told.filter((one, place) => told.indexOf(one) !== place)).toEqual([]);
});

test('a requirement says which part of which specification it is of', () => {
  expect(requirements['rfc7591:3.2.2:invalid-redirect-uri']).toEqual({
    source: 'RFC 7591 §3.2.2',
    behavior: 'A redirect URI that may not be registered is refused with invalid_redirect_uri.',
  });
  expect(requirements['oauth2.1:4.1.1:pkce']).toMatchObject({ source: 'OAuth 2.1 §4.1.1' });
  expect(requirements['mcp:token-handling:audience']).toMatchObject({
    source: 'MCP authorization 2026-07-28, token handling',
  });
  expect(requirements['vestibule:initial-access-tokens:expiry']).toMatchObject({
    source: 'Vestibule, initial access tokens',
  });
});

test('a citation stands at the end of the title', () => {
  expect(cite('answers 201', 'rfc7591:3.2.1:created', 'rfc7591:3.2.1:no-cache')).toBe(
    'answers 201 [rfc7591:3.2.1:created, rfc7591:3.2.1:no-cache]',
  );
});

test('an unknown id does not compile, and neither does a citation without ids', () => {
  // @ts-expect-error
  expect(cite('a title', 'rfc7591:9:nonsense')).toContain('nonsense');
  // @ts-expect-error
  expect(cite('a title')).toContain('a title');
});
