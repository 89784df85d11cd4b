import { RULES } from '@vestibule/core/policy';
import { type SeenPage, walkThrough } from '@vestibule/example-agent';
import { cite } from '@vestibule/requirements';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { ADA, startApp, type TestApp } from '../support/app.ts';
import { approve, authorizeUrl, exchange, register, token } from '../support/oauth.ts';
import { overhear } from './support/overheard.ts';
import { MANAGED_SEED } from './support/seed.ts';
import { statementAt } from '@vestibule/testing/statement-issuer';

const CALLBACK = 'https://vouched.example/cb';

/** Approves, and returns what the person saw and where they were sent. */
async function seen(app: TestApp, clientId: string, redirect_uri: string) {
  const pages: SeenPage[] = [];
  const arrived = await walkThrough(authorizeUrl(app, clientId, { redirect_uri }), {
    ...ADA,
    decision: 'approve',
    onPage: (page) => pages.push(page),
  });
  return { pages, arrived };
}

const linesOf = (pages: readonly SeenPage[], kind: SeenPage['kind']): string =>
  pages
    .filter((page) => page.kind === kind)
    .flatMap(({ lines }) => lines)
    .join('\n');

test(
  cite(
    'a deleted client is unknown everywhere, and what people allowed it has ended',
    'rfc7592:2.3:id-void',
    'rfc7592:2.3:grants-end',
    'rfc7592:2.3:delete',
  ),
  async () => {
    const app = await startApp(MANAGED_SEED);
    const { body: client } = await register(app, { redirect_uris: [CALLBACK] });
    const { client_id } = client;
    const url = authorizeUrl(app, client_id, { redirect_uri: CALLBACK });
    const tokens = await exchange(app, client_id, CALLBACK, await approve(url));
    expect(tokens.status).toBe(200);
    const code = await approve(url);

    const deleted = await fetch(client.registration_client_uri, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${client.registration_access_token}` },
    });
    expect(deleted.status).toBe(204);
    expect(await exchange(app, client_id, CALLBACK, code)).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    const { refresh_token } = tokens.body;
    const refreshing = { grant_type: 'refresh_token', client_id, refresh_token };
    expect(await token(app, refreshing)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const page = await fetch(url, { redirect: 'manual' });
    expect([page.status, page.headers.get('location')]).toEqual([400, null]);

    // The grants have ended, not just the client: there is nothing left to end.
    expect(await app.stores.grants.endAll(app.realm.id, client_id, Date.now())).toBe(0);
  },
);

test(
  cite('a statement in the place of a client_id is an unknown client', 'rfc7591:2.3:no-client-id'),
  async () => {
    const app = await startApp(MANAGED_SEED);
    const statement = await statementAt(Date.now());
    const redirect_uri = CALLBACK;
    for (const client_id of [
      statement,
      `urn:ietf:params:oauth:client-assertion-type:jwt-bearer:${statement}`,
    ]) {
      const page = await fetch(authorizeUrl(app, client_id, { redirect_uri }), { redirect: 'manual' });
      expect([page.status, page.headers.get('location')]).toEqual([400, null]);
      const fields = { grant_type: 'authorization_code', client_id, code: 'x', redirect_uri };
      expect(await token(app, fields)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    }
  },
);

test(
  cite(
    'a verified client is marked so and asked about every time, and is unverified when the trust ends',
    'vestibule:software-statements:verified',
    'vestibule:software-statements:consent-stays',
    'vestibule:software-statements:trust-now',
    'vestibule:software-statements:rules-stand',
  ),
  async () => {
    const app = await startApp(MANAGED_SEED);
    const { body: client } = await register(app, { software_statement: await statementAt(Date.now()) });
    for (let time = 0; time < 2; time += 1) {
      const { pages } = await seen(app, client.client_id, CALLBACK);
      expect(linesOf(pages, 'consent')).toContain('“Vouched agent” [verified by The Guild]');
    }
    await app.change((realm) => {
      const { registration } = realm.settings;
      const softwareStatements = { ...registration.softwareStatements, issuers: [] };
      return {
        ...realm,
        settings: { ...realm.settings, registration: { ...registration, softwareStatements } },
      };
    });
    const { pages } = await seen(app, client.client_id, CALLBACK);
    expect(linesOf(pages, 'consent')).toContain('“Vouched agent” [unverified]');
    expect(pages.flatMap(({ lines }) => lines).join()).not.toContain('The Guild');
  },
);

test(cite('no page displays the contacts of a client, or its software', 'rfc7591:6:contacts'), async () => {
  const app = await startApp(MANAGED_SEED);
  const told = {
    contacts: ['ada@contact.example', 'Grace at the desk'],
    software_id: 'a-software-id',
    software_version: 'a-software-version',
  };
  const { body: client } = await register(app, { redirect_uris: [CALLBACK], ...told });
  expect(client).toMatchObject(told);
  const heard = overhear();
  await seen(app, client.client_id, CALLBACK);
  await walkThrough(authorizeUrl(app, client.client_id, { redirect_uri: CALLBACK }), {
    ...ADA,
    decision: 'deny',
  });
  await fetch(authorizeUrl(app, client.client_id, { redirect_uri: 'https://other.example/' }));
  const pages = heard.filter(({ text }) => text.includes('<html'));
  expect(pages.length).toBeGreaterThanOrEqual(6);
  for (const word of [...told.contacts, told.software_id, told.software_version]) {
    for (const { text } of pages) expect(text).not.toContain(word);
  }
});

test(
  cite(
    'nothing that a client names is ever fetched',
    'rfc7591:5:pages-not-fetched',
    'vestibule:software-statements:keys',
  ),
  async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    const base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;

    const app = await startApp(MANAGED_SEED);
    const heard = overhear();
    const named = {
      redirect_uris: [`${base}/cb`],
      client_uri: `${base}/client`,
      logo_uri: `${base}/logo.png`,
      tos_uri: `${base}/tos`,
      policy_uri: `${base}/policy`,
      'client_uri#fr': `${base}/client/fr`,
      jwks_uri: `${base}/jwks`,
      sector_identifier_uri: `${base}/sector`,
      request_uris: [`${base}/request`],
      initiate_login_uri: `${base}/login`,
    };
    const { status, body: client } = await register(app, named);
    expect(status).toBe(201);
    const pointing = { jku: `${base}/jku`, x5u: `${base}/x5u` };
    const software_statement = await statementAt(Date.now(), { jwks_uri: `${base}/claim` }, pointing);
    expect((await register(app, { ...named, software_statement })).status).toBe(201);
    expect((await register(app, { ...named, software_statement: `${software_statement}x` })).status).toBe(
      400,
    );
    await seen(app, client.client_id, `${base}/cb`);
    const put = await fetch(client.registration_client_uri, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${client.registration_access_token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ ...named, client_id: client.client_id }),
    });
    expect(put.status).toBe(200);
    // The app runs in this process, so its requests would have been recorded as well.
    expect(heard.filter(({ url }) => !url.startsWith(app.issuer))).toEqual([]);
    expect(asked).toEqual([]);
  },
);

test(
  cite('the address of an error leads to a page that has every rule', 'vestibule:policy:docs'),
  async () => {
    const app = await startApp(MANAGED_SEED);
    const { body } = await register(app, { redirect_uris: ['http://app.example/cb'] });
    expect(body.error_uri).toBe(`${app.issuer}/connect/rules#redirect-uris.http-host`);
    const page = await fetch(body.error_uri);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const html = await page.text();
    for (const { id } of RULES) expect(html).toContain(`id="${id}"`);
  },
);
