import type { AuditEvent } from '@vestibule/core/audit';
import { createCertificateAuthority } from '@vestibule/testing/certificates';
import { type Respond, respondWithJson, startHttpsHost } from '@vestibule/testing/https-host';
import { freePort } from '@vestibule/testing/port';
import { startPostgres, type TestPostgres } from '@vestibule/testing/postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBalancer } from './support/balancer.ts';
import { fetchOnLoopback, startDocumentNode } from './support/document-app.ts';
import { authorizeUrl } from './support/oauth.ts';

const NODES = 3;
const AT_ONCE = 100;
const REDIRECT_URI = 'http://localhost:8093/callback';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

test.each([
  ['only after all nodes have begun to fetch it', true],
  ['immediately', false],
])(
  'a hundred requests on three nodes for one unknown document, which its website sends %s, are one fetch by each node and one client',
  async (_, isHeld) => {
    const authority = createCertificateAuthority();
    const gate = Promise.withResolvers<void>();
    if (!isHeld) gate.resolve();
    let respond: Respond = () => undefined;
    const host = await startHttpsHost(authority.issue({ hosts: ['agent.example'] }), (socket, request) => {
      void gate.promise.then(() => respond(socket, request));
    });
    const clientId = `https://agent.example:${host.port}/client.json`;
    respond = respondWithJson({
      client_id: clientId,
      client_name: 'Crowded',
      redirect_uris: ['http://localhost/callback'],
    });

    const database = await postgres.createDatabase();
    const ports = await Promise.all(Array.from({ length: NODES }, () => freePort()));
    const { url: issuer } = await startBalancer(await freePort(), ports);
    const events: AuditEvent[] = [];
    const nodes = await Promise.all(
      ports.map((port) =>
        startDocumentNode(
          {
            issuer,
            database,
            trustProxy: 1,
            onEvent: (event) => void events.push(event),
            guardedFetch: fetchOnLoopback(authority),
          },
          port,
        ),
      ),
    );

    const url = authorizeUrl({ issuer, notes: new URL('/mcp', issuer) }, clientId, {
      redirect_uri: REDIRECT_URI,
    });
    const comeAtOnce = () =>
      Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          const { status, headers } = await fetch(url, { redirect: 'manual' });
          // The address of each browser's pages is its own.
          return `${status} ${headers.get('location')?.replace(/\/at\/[\w-]+/, '/at/browser')}`;
        }),
      );
    const came = comeAtOnce();
    if (isHeld) await expect.poll(() => host.requests.length, { timeout: 20_000 }).toBe(NODES);
    gate.resolve();
    const toConsent = new Set(['303 /connect/at/browser/consent#']);
    expect(new Set(await came)).toEqual(toConsent);
    const { length: fetches } = host.requests;
    expect(fetches).toBeLessThanOrEqual(NODES);

    expect(new Set(await comeAtOnce())).toEqual(toConsent);
    expect(host.requests).toHaveLength(fetches);
    const [first] = nodes;
    const stored = await first?.stores.clients.list('test', { limit: 100 });
    expect(stored?.items.map(({ id, kind }) => [id, kind])).toEqual([[clientId, 'metadata-document']]);
    expect(events.filter(({ type }) => type === 'document.accepted')).toHaveLength(1);
  },
);
