/**
 * A client assertion that is replayed, or was made for somebody else: whoever was shown it, or found it, plays the client
 * with it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7523#section-5 RFC 7523 §3, §5}
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-rfc7523bis RFC 7523bis: audience injection}
 *
 * Taken out: packages/server/src/client/authentication/proof.ts: `return seen === 'first' ? undefined` → `return seen !== undefined ? undefined`
 * Then fails: an assertion is good once
 * Taken out: packages/server/src/client/authentication/assertion.ts: `if (audience !== issuer)` → `if (false)`
 * Then fails: an assertion for somebody else is none here
 * Taken out: packages/server/src/client/authentication/assertion.ts: `iss !== clientId || sub !== clientId` → `false`
 * Then fails: an assertion of another client is none of this one
 */
import { describe, expect, test } from 'vitest';
import { token } from '../support/oauth.ts';
import { attackedApp } from './support/attacked.ts';
import { newClient } from './support/client.ts';
import { newKey } from './support/jwt.ts';
import { assertionOf, authenticate, OPERATORS_CLIENT, TRUSTING_SEED } from './support/takers.ts';

const app = attackedApp(TRUSTING_SEED);

/** It was let in, and told that there is no such refresh token. */
const letIn = { status: 400, body: { error: 'invalid_grant' } };
const refused = { status: 401, body: { error: 'invalid_client' } };

const SECONDS = Math.floor(Date.now() / 1_000);

describe('an assertion is good once', () => {
  test('however often it is shown', async () => {
    const assertion = await assertionOf(app());
    expect(await authenticate(app(), assertion)).toMatchObject(letIn);
    expect(await authenticate(app(), assertion)).toMatchObject(refused);
  });

  test('one of many concurrent uses is accepted', async () => {
    const assertion = await assertionOf(app());
    const answers = await Promise.all(Array.from({ length: 20 }, () => authenticate(app(), assertion)));
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(1);
  });

  test('one use at any endpoint is accepted', async () => {
    const assertion = await assertionOf(app());
    expect(await authenticate(app(), assertion)).toMatchObject(letIn);
    for (const place of ['par', 'revoke']) {
      const response = await fetch(`${app().issuer}/connect/${place}`, {
        method: 'POST',
        body: new URLSearchParams({
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: assertion,
          token: 'x',
        }),
      });
      expect(response.status).toBe(401);
    }
  });

  test('spelled otherwise, too', async () => {
    const assertion = await assertionOf(app());
    expect(await authenticate(app(), assertion)).toMatchObject(letIn);
    for (const spelled of [
      `${assertion}=`,
      `${assertion} `,
      assertion.replaceAll('-', '+'),
      `\n${assertion}`,
    ]) {
      expect((await authenticate(app(), spelled)).status).not.toBe(400);
    }
  });
});

describe('an assertion for somebody else is none here', () => {
  const audiences: [string, (issuer: string) => unknown][] = [
    ['another server', () => 'https://evil.example'],
    ['the token endpoint', (issuer) => `${issuer}/connect/token`],
    ['the issuer with a slash', (issuer) => `${issuer}/`],
    ['the issuer in capitals', (issuer) => issuer.toUpperCase()],
    ['the issuer and another', (issuer) => [issuer, 'https://evil.example']],
    ['another and the issuer', (issuer) => ['https://evil.example', issuer]],
    ['the issuer in an object', (issuer) => ({ issuer })],
    ['a realm below', (issuer) => `${issuer}/realms/other`],
    ['the API', () => app().notes.href],
    ['everybody', () => '*'],
    ['nobody', () => undefined],
    ['an empty list', () => []],
    ['an empty text', () => ''],
  ];
  test.each(audiences)('%s', async (_, audience) => {
    const assertion = await assertionOf(app(), { aud: audience(app().issuer) });
    expect(await authenticate(app(), assertion)).toMatchObject(refused);
  });
});

describe('an assertion of another client is none of this one', () => {
  test.each<[string, object]>([
    ['another issuer', { iss: 'https://evil.example' }],
    ['another issuer for this subject', { iss: 'evil', sub: OPERATORS_CLIENT }],
    ['no issuer', { iss: undefined }],
    ['the issuer of tokens', { iss: 'server' }],
  ])('%s', async (_, claims) => {
    expect(await authenticate(app(), await assertionOf(app(), claims))).toMatchObject(refused);
  });

  test('beside the client_id of another', async () => {
    const other = await newClient(app());
    const answer = await authenticate(app(), await assertionOf(app()), { client_id: other.id });
    expect(answer).toMatchObject(refused);
  });

  test('for a client that introduced itself, which has no key', async () => {
    const [client, own] = [await newClient(app()), await newKey()];
    const assertion = await own.sign(await assertionOf(app(), { iss: client.id, sub: client.id }));
    expect(await authenticate(app(), assertion)).toMatchObject(refused);
  });
});

describe('an assertion is good for a moment, and says which', () => {
  test.each<[string, object]>([
    ['it has expired', { iat: SECONDS - 600, exp: SECONDS - 300 }],
    ['it never expires', { exp: undefined }],
    ['it is good for a day', { exp: SECONDS + 86_400 }],
    ['it is good for ever', { exp: 1e300 }],
    ['it is not yet good', { nbf: SECONDS + 3_600 }],
    ['it is from the future', { iat: SECONDS + 3_600, exp: SECONDS + 3_660 }],
    ['its end is a text', { exp: String(SECONDS + 60) }],
    ['it has no id', { jti: undefined }],
    ['its id is empty', { jti: '' }],
    ['its id is a number', { jti: 1 }],
    ['its id is very long', { jti: 'x'.repeat(10_000) }],
  ])('%s', async (_, claims) => {
    expect(await authenticate(app(), await assertionOf(app(), claims))).toMatchObject(refused);
  });
});

describe('there is no way around an assertion', () => {
  const ways: [string, Record<string, string>][] = [
    ['nothing but the id', {}],
    ['a secret', { client_secret: 'a-guess' }],
    ['an empty assertion', { client_assertion: '', client_assertion_type: '' }],
    ['an assertion of another type', { client_assertion: 'x', client_assertion_type: 'urn:x' }],
  ];
  test.each(ways)('%s', async (_, fields) => {
    const asked = { grant_type: 'refresh_token', refresh_token: 'x', client_id: OPERATORS_CLIENT };
    const { status, body } = await token(app(), { ...asked, ...fields });
    expect([400, 401]).toContain(status);
    expect(body.error).toMatch(/^invalid_(client|request)$/);
  });
});
