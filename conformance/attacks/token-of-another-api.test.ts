/**
 * A token of one API at another: an API presents a received token at the next one, or a client requests a token that two of
 * them accept.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.9 RFC 9700 §4.9, §2.3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8707#section-2 RFC 8707 §2}
 *
 * Taken out: packages/resource-server/src/token/access-token.ts: `typeof aud !== 'string' || withoutSlash(aud) !== withoutSlash(resource)` → `false`
 * Then fails: refuses a token for mail at notes
 * Taken out: packages/server/src/token/resource-parameter.ts: `sameResource(resource, granted)` → `true`
 * Then fails: a token request cannot lead elsewhere
 */
import { createResourceServer } from '@vestibule/resource-server';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { newBrowser } from '@vestibule/testing/browser';
import { type AttackClient, newClient } from './support/client.ts';

const app = attackedApp();
const MAIL = 'https://mail.example';

const tokenFor = async (client: AttackClient, resource: string): Promise<string> =>
  (await client.exchange(await client.code({ resource }), { resource })).body.access_token;

/** Whether an API with this resource accepts a token, with the keys of the same issuer. */
async function lets(resource: string, token: string): Promise<boolean> {
  const server = createResourceServer({ issuer: app().issuer, resource });
  return (await server.admit(new Request(resource, { headers: { authorization: `Bearer ${token}` } }))).ok;
}

test('refuses a token for mail at notes', async () => {
  const token = await tokenFor(await newClient(app()), MAIL);
  const answer = await fetch(app().notes, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(401);
  expect(await lets(MAIL, token)).toBe(true);
});

describe('refuses tokens for similar resources', () => {
  const others: [string, (notes: URL) => string][] = [
    ['a path below', ({ href }) => `${href}/x`],
    ['with an additional slash', ({ href }) => `${href}/`],
    ['two slashes', ({ origin }) => `${origin}//mcp`],
    ['no path', ({ origin }) => origin],
    ['the root', ({ origin }) => `${origin}/`],
    ['capitals', ({ origin }) => `${origin}/MCP`],
    ['an escape', ({ origin }) => `${origin}/%6dcp`],
    ['a query', ({ href }) => `${href}?x`],
    ['another scheme', ({ href }) => href.replace('http:', 'https:')],
    ['another port', ({ href, port }) => href.replace(port, '1')],
    ['no port', ({ href, port }) => href.replace(`:${port}`, '')],
    ['another name of the host', ({ href }) => href.replace('localhost', '127.0.0.1')],
    ['a host below', ({ href }) => href.replace('localhost', 'x.localhost')],
    ['a host with the same beginning', ({ href }) => href.replace('localhost', 'localhost.example')],
    ['its issuer', () => app().issuer],
  ];
  test.each(others)('%s', async (_, other) => {
    const token = await tokenFor(await newClient(app()), app().notes.href);
    expect(await lets(app().notes.href, token)).toBe(true);
    expect(await lets(other(app().notes), token)).toBe(false);
  });
});

describe('issues no token for two APIs', () => {
  test('by naming both', async () => {
    const client = await newClient(app());
    const url = client.url();
    url.searchParams.append('resource', MAIL);
    const { away } = await newBrowser().open(url);
    expect(away?.searchParams.get('error')).toBe('invalid_target');
  });

  test.each([
    (notes: string) => `${notes} ${MAIL}`,
    (notes: string) => `${notes},${MAIL}`,
    (notes: string) => `["${notes}","${MAIL}"]`,
    (notes: string) => `${notes}#${MAIL}`,
    (notes: string) => `${notes}/`,
    (notes: string) => `${notes}?resource=${MAIL}`,
    () => '*',
    () => 'urn:all',
    () => '/mcp',
    () => 'https://*.example',
  ])('by naming one that is written oddly: %s', async (oddly) => {
    const client = await newClient(app());
    const { away } = await newBrowser().open(client.url({ resource: oddly(app().notes.href) }));
    expect(away?.searchParams.get('error')).toBe('invalid_target');
  });

  test('by naming none', async () => {
    const client = await newClient(app());
    const { away } = await newBrowser().open(client.url({ resource: '' }));
    expect(away?.searchParams.get('error')).toBe('invalid_target');
  });
});

test.each([
  () => MAIL,
  (notes: string) => `${notes}/`,
  (notes: string) => notes.toUpperCase(),
  () => 'nonsense',
])('a token request cannot lead elsewhere: %s', async (other) => {
  const client = await newClient(app());
  const resource = other(app().notes.href);
  expect((await client.exchange(await client.code(), { resource })).body.error).toBe('invalid_target');
});

test('writes the API into a token as the realm spells it', async () => {
  const client = await newClient(app());
  const { body } = await client.exchange(await client.code({ resource: `${MAIL}/` }), {
    resource: `${MAIL}/`,
  });
  expect(decodeJwt(body.access_token).aud).toBe(MAIL);
});

test('refuses a token at the authorization server itself', async () => {
  const token = await tokenFor(await newClient(app()), app().notes.href);
  const answer = await fetch(`${app().issuer}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(401);
});
