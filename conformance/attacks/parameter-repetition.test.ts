/**
 * Parameter repetition: of a repeated parameter one program reads the first value and another the second.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-3.1 RFC 6749 §3.1, §3.2}
 * @see {@link https://cwe.mitre.org/data/definitions/235.html CWE-235}
 *
 * Taken out: packages/server/src/authorization/decide-authorization.ts: `if (repeated !== undefined) return refuse(` → `if (false) return refuse(`
 * Then fails: refuses an authorization request
 * Taken out: packages/server/src/web/read-parameters.ts: `return repeated === undefined` → `return true`
 * Then fails: refuses a token request
 * Taken out: packages/http/src/body/read-json.ts: `repeated === undefined` → `true`
 * Then fails: refuses a registration
 */
import { describe, expect, test } from 'vitest';
import { CHALLENGE, VERIFIER } from '@vestibule/testing/pkce';
import { attackedApp } from './support/attacked.ts';
import { filledIn, formOf, handedBack, newBrowser } from '@vestibule/testing/browser';
import { CALLBACK, newClient } from './support/client.ts';

const app = attackedApp();

describe('refuses an authorization request', () => {
  const repeated: [string, string][] = [
    ['response_type', 'code'],
    ['response_type', 'token'],
    ['scope', 'notes:admin'],
    ['state', 'evil'],
    ['code_challenge', CHALLENGE],
    ['code_challenge_method', 'plain'],
    ['prompt', 'login'],
    ['response_mode', 'query'],
    ['anything', 'else'],
  ];
  test.each(repeated)('%s twice, then %s', async (name, value) => {
    const client = await newClient(app());
    const url = client.url(
      name === 'anything' || name === 'prompt' || name === 'response_mode' ? { [name]: 'x' } : {},
    );
    if (name === 'scope') url.searchParams.set('scope', 'notes:read');
    url.searchParams.append(name, value);
    const { away } = await newBrowser().open(url);
    expect(away?.origin).toBe(new URL(client.callback).origin);
    expect(away?.searchParams.get('error')).toBe('invalid_request');
    expect(away?.searchParams.getAll('state').length).toBe(name === 'state' ? 0 : 1);
  });

  test.each(['client_id', 'redirect_uri'])('%s twice, which leads nowhere', async (name) => {
    const [client, other] = [await newClient(app()), await newClient(app())];
    for (const order of [1, -1]) {
      const url = client.url();
      const values = [client, other].map((one) =>
        name === 'client_id' ? one.id : `${one.callback}?${order}`,
      );
      url.searchParams.delete(name);
      for (const value of order === 1 ? values : values.toReversed()) url.searchParams.append(name, value);
      const shown = await newBrowser().open(url);
      expect([shown.status, shown.away]).toEqual([400, undefined]);
    }
  });

  test.each(['client_id[]', 'client_id[0]', 'CLIENT_ID', ' client_id', 'client_id%00'])(
    'treats a similar name as another parameter: %s',
    async (name) => {
      const client = await newClient(app());
      const url = client.url();
      url.searchParams.delete('client_id');
      url.searchParams.set(name, client.id);
      expect((await newBrowser().open(url)).status).toBe(400);
    },
  );

  test('does not combine a query and a form', async () => {
    const [client, thief] = [await newClient(app()), await newClient(app(), 'https://evil.example/cb')];
    const { searchParams } = thief.url();
    const shown = await newBrowser().post(client.url(), searchParams);
    // Only the form counts, not the query beside it.
    const { transaction = '' } = formOf(shown).fields;
    const stored = await app().stores.interactions.find(app().realm.id, transaction);
    expect(stored?.request).toMatchObject({ clientId: thief.id, redirectUri: 'https://evil.example/cb' });
  });
});

describe('refuses a token request', () => {
  const names = [
    'grant_type',
    'code',
    'redirect_uri',
    'code_verifier',
    'client_id',
    'refresh_token',
    'scope',
    'x',
  ];
  test.each(names)('%s twice', async (name) => {
    const client = await newClient(app());
    const arrived = await client.code();
    const fields = new URLSearchParams({
      grant_type: 'authorization_code',
      code: arrived.searchParams.get('code') ?? '',
      redirect_uri: client.callback,
      code_verifier: VERIFIER,
      client_id: client.id,
    });
    const value = fields.get(name) ?? 'y';
    if (!fields.has(name)) fields.append(name, value);
    fields.append(name, value);
    const response = await fetch(`${app().issuer}/connect/token`, { method: 'POST', body: fields });
    expect([response.status, (await response.json()).error]).toEqual([400, 'invalid_request']);
    // The code was not consumed.
    expect((await client.exchange(arrived)).status).toBe(200);
  });

  test('ignores the query', async () => {
    const client = await newClient(app());
    const arrived = await client.code();
    const query = new URLSearchParams({
      grant_type: 'authorization_code',
      code: arrived.searchParams.get('code') ?? '',
      redirect_uri: client.callback,
      code_verifier: VERIFIER,
      client_id: client.id,
    });
    const response = await fetch(`${app().issuer}/connect/token?${query}`, {
      method: 'POST',
      body: new URLSearchParams(),
    });
    expect(response.status).toBe(401);
  });
});

describe('refuses a registration', () => {
  const bodies: [string, string][] = [
    ['redirect_uris twice', `{"redirect_uris":["https://evil.example/"],"redirect_uris":["${CALLBACK}"]}`],
    ['client_name twice', `{"redirect_uris":["${CALLBACK}"],"client_name":"One","client_name":"Other"}`],
    [
      'grant_types twice',
      `{"redirect_uris":["${CALLBACK}"],"grant_types":["authorization_code"],"grant_types":["client_credentials"]}`,
    ],
    ['a name once plain and once escaped', `{"redirect_uris":["${CALLBACK}"],"scope":"a","sc\\u006fpe":"b"}`],
    ['an unknown member twice', `{"redirect_uris":["${CALLBACK}"],"x":1,"x":2}`],
    ['a language twice', `{"redirect_uris":["${CALLBACK}"],"client_name#fr":"A","client_name#FR":"B"}`],
  ];
  test.each(bodies)('%s', async (_, body) => {
    const response = await fetch(`${app().issuer}/connect/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect([response.status, (await response.json()).error]).toEqual([400, 'invalid_client_metadata']);
  });
});

describe('reads a person’s form once, and never as more than it says', () => {
  test.each(['transaction', 'csrf', 'decision'])('%s twice', async (name) => {
    const [client, browser] = [await newClient(app()), newBrowser()];
    const form = formOf(await browser.signIn(await browser.open(client.url())));
    const posted = filledIn(form, { decision: 'deny' });
    posted.append(name, name === 'decision' ? 'approve' : 'x');
    const shown = await browser.post(form.action, posted);
    expect(handedBack(shown)?.searchParams.get('error')).toBe('access_denied');
  });
});

test('refuses a request with two Authorization headers', async () => {
  const client = await newClient(app());
  const { access_token: token } = await client.tokens();
  for (const headers of [`Bearer ${token}, Bearer x`, `Bearer x, Bearer ${token}`, `Bearer ${token},`]) {
    const answer = await fetch(app().notes, { method: 'POST', headers: { authorization: headers } });
    expect(answer.status).toBe(401);
  }
});

test('refuses a token in a query or in a form', async () => {
  const { access_token: token } = await (await newClient(app())).tokens();
  const inAddress = await fetch(`${app().notes.href}?access_token=${token}`, { method: 'POST' });
  const inForm = await fetch(app().notes, {
    method: 'POST',
    body: new URLSearchParams({ access_token: token }),
  });
  expect([inAddress.status, inForm.status]).toEqual([401, 401]);
});
