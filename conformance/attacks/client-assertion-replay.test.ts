/**
 * A client assertion that is replayed, or was made for another server: anyone who received or found it could impersonate the
 * client.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7523#section-5 RFC 7523 §3, §5}
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-rfc7523bis RFC 7523bis: audience injection}
 *
 * Taken out: packages/server/src/client/authentication/proof.ts: `return seen === 'first' ? PROVEN` → `return seen !== undefined ? PROVEN`
 * Then fails: accepts an assertion once
 * Taken out: packages/server/src/client/authentication/assertion.ts: `if (audience !== issuer)` → `if (false)`
 * Then fails: refuses an assertion with another audience
 * Taken out: packages/server/src/client/authentication/assertion.ts: `iss !== clientId || sub !== clientId` → `false`
 * Then fails: refuses an assertion of another client
 */
import { describe, expect, test } from 'vitest';
import { token } from '@vestibule/testing/oauth';
import { attackedApp } from './support/attacked.ts';
import { newClient } from './support/client.ts';
import { newKey } from './support/jwt.ts';
import { assertionOf, authenticate, OPERATORS_CLIENT, TRUSTING_SEED } from './support/takers.ts';

const app = attackedApp(TRUSTING_SEED);

/** The client was authenticated, and the refresh token is unknown. */
const letIn = { status: 400, body: { error: 'invalid_grant' } };
const refused = { status: 401, body: { error: 'invalid_client' } };

const SECONDS = Math.floor(Date.now() / 1_000);

describe('accepts an assertion once', () => {
  test('refuses it each time it is presented again', async () => {
    const assertion = await assertionOf(app());
    expect(await authenticate(app(), assertion)).toMatchObject(letIn);
    expect(await authenticate(app(), assertion)).toMatchObject(refused);
  });

  test('accepts one of many concurrent uses', async () => {
    const assertion = await assertionOf(app());
    const answers = await Promise.all(Array.from({ length: 20 }, () => authenticate(app(), assertion)));
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(1);
  });

  test('accepts one use at any endpoint', async () => {
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

  test('refuses another encoding of a used assertion', async () => {
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

describe('refuses an assertion with another audience', () => {
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

describe('refuses an assertion of another client', () => {
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

  test('for a dynamic client, which has no key', async () => {
    const [client, own] = [await newClient(app()), await newKey()];
    const assertion = await own.sign(await assertionOf(app(), { iss: client.id, sub: client.id }));
    expect(await authenticate(app(), assertion)).toMatchObject(refused);
  });
});

describe('refuses an assertion outside of its time', () => {
  test.each<[string, object]>([
    ['it has expired', { iat: SECONDS - 600, exp: SECONDS - 300 }],
    ['it has no expiry', { exp: undefined }],
    ['it is valid for a day', { exp: SECONDS + 86_400 }],
    ['it is valid forever', { exp: 1e300 }],
    ['it is not valid yet', { nbf: SECONDS + 3_600 }],
    ['it is from the future', { iat: SECONDS + 3_600, exp: SECONDS + 3_660 }],
    ['its expiry is a string', { exp: String(SECONDS + 60) }],
    ['it has no id', { jti: undefined }],
    ['its id is empty', { jti: '' }],
    ['its id is a number', { jti: 1 }],
    ['its id is very long', { jti: 'x'.repeat(10_000) }],
  ])('%s', async (_, claims) => {
    expect(await authenticate(app(), await assertionOf(app(), claims))).toMatchObject(refused);
  });
});

describe('refuses a request of the client without its assertion', () => {
  const ways: [string, Record<string, string>][] = [
    ['only the id', {}],
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
