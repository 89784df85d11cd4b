import { temporaryFolder } from '@vestibule/testing/folder';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { INFO, issuerAt, MAIN, metadataUrl, realmAt, start, statusAt } from './started.ts';

describe('a realm that is made while the server runs', () => {
  const ISSUERS = ['https://id.example/realms/acme', 'https://acme.example', 'https://acme.example/deep/er'];

  test.each(ISSUERS)('at %s is served a second later on every node, without a restart', async (issuer) => {
    const file = `sqlite:${join(temporaryFolder(), 'a.db')}`;
    let now = Date.now();
    const clock = (): number => now;
    const nodes = [
      await start({ database: file, realms: [MAIN], clock }),
      await start({ database: file, clock }),
    ];
    const answers = (): Promise<readonly unknown[]> =>
      Promise.all(nodes.map((node) => issuerAt(node, issuer)));
    expect(await answers()).not.toContain(issuer);
    await nodes[0]?.stores.realms.insert(realmAt('acme', issuer));
    now += 1_000;
    expect(await answers()).toEqual([issuer, issuer]);
    expect(await nodes[1]?.realms()).toHaveLength(2);
  });

  test('has the routes beside it, and other ones when its APIs change', async () => {
    let now = Date.now();
    const vestibule = await start({
      database: 'sqlite::memory:',
      realms: [MAIN],
      clock: () => now,
      routesBeside: ({ apis, issuer }) =>
        apis.map(({ id }) => ({
          path: `${new URL(issuer).pathname}/api/${id}`.replace('//', '/'),
          endpoint: async () => new Response(id),
        })),
    });
    const { realms } = vestibule.stores;
    const acme = realmAt('acme', 'https://id.example/acme');
    await realms.insert(acme);
    now += 1_000;
    expect(await statusAt(vestibule, 'https://id.example/acme/api/mail')).toBeUndefined();
    const mail = {
      id: 'mail',
      name: 'Mail',
      resource: 'https://mail.example',
      scopes: [],
      openToDynamicClients: true,
    };
    await realms.replace({ ...acme, apis: [mail] }, 1);
    now += 1_000;
    expect(await statusAt(vestibule, 'https://id.example/acme/api/mail')).toBe(200);
    expect(await statusAt(vestibule, 'https://id.example/api/notes')).toBe(200);
  });
});

test('a gate that one node closes is seen by the next request at every node', async () => {
  const database = `sqlite:${join(temporaryFolder(), 'nodes.db')}`;
  const one = await start({ database, realms: [MAIN] });
  const other = await start({ database });
  const ask = async (etag?: string): Promise<readonly [number | undefined, string | null, string]> => {
    const headers = etag === undefined ? {} : { 'if-none-match': etag };
    const request = new Request(metadataUrl(MAIN.realm.issuer), { headers });
    const response = await other.handle(request, INFO);
    return [response?.status, response?.headers.get('etag') ?? null, (await response?.text()) ?? ''];
  };
  const [, etag, body] = await ask();
  expect(body).toContain('registration_endpoint');
  expect((await ask(etag ?? ''))[0]).toBe(304);
  const { version, ...realm } = (await one.stores.realms.find('main')) ?? expect.unreachable();
  const closed = { ...realm, settings: { ...realm.settings, registration: { open: false } } };
  expect(await one.stores.realms.replace(closed, version)).toBe('replaced');
  const [status, , now] = await ask(etag ?? '');
  expect([status, now]).toEqual([200, expect.not.stringContaining('registration_endpoint')]);
});
