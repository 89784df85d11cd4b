import { describe, expect, test } from 'vitest';
import { FRESH_FOR } from './document-hosts.ts';
import { DOCUMENT, URI } from './open-to-documents.ts';
import { ADA } from './set-up.ts';
import { MARK, marksOf, openToVerify, vendorWith } from './verifying-world.ts';

describe('a person who is asked while a mark ends sees the page again without it', () => {
  type World = ReturnType<typeof openToVerify>;
  test.each<[string, (world: World, clientId: string) => Promise<unknown>]>([
    ['because the setting was turned off', ({ changeTo }) => changeTo({ verifyRegistrations: false })],
    ['because the gate was closed', ({ changeTo }) => changeTo({ open: false })],
    ['because the host was refused', ({ changeTo }) => changeTo({ refusedHosts: ['app.example'] })],
    [
      'because the client of the document was blocked',
      ({ operator }) => operator.clients.block(ADA, 'main', URI),
    ],
    [
      'because the client changed its website',
      ({ update }, clientId) => update(clientId, { clientUri: 'https://other.example/' }),
    ],
  ])('%s', async (_, end) => {
    const world = openToVerify();
    const clientId = await world.register();
    const consent = await world.ask(clientId);
    expect(marksOf(consent)).toEqual(MARK);
    await end(world, clientId);
    const again = await world.answer(world.browser, consent, { decision: 'approve' });
    expect(again.status).toBe(409);
    expect(marksOf(again)).toEqual({});
  });
});

test('a document that appears while a person is asked does not change the page', async () => {
  const { ask, register, hosts, pass, answer, browser, authorizeUrl, openConsent, newBrowser } =
    openToVerify();
  hosts.fail(true);
  const clientId = await register();
  const consent = await ask(clientId);
  expect(marksOf(consent)).toEqual({});
  hosts.fail(false);
  pass(301);
  expect(marksOf(await openConsent(newBrowser(), authorizeUrl(clientId)))).toEqual(MARK);
  const done = await answer(browser, consent, { decision: 'approve' });
  expect(done).toMatchObject({ status: 200, view: { page: 'hand-back' } });
});

test('another document that appears while a person is asked does not change the page either', async () => {
  const published = 'https://app.example/published.json';
  const { ask, register, hosts, pass, answer, browser, authorizeUrl, openConsent, newBrowser } = openToVerify(
    {},
    [vendorWith(published)],
  );
  const clientId = await register();
  const consent = await ask(clientId);
  expect(marksOf(consent)).toEqual(MARK);
  hosts.publish({ ...DOCUMENT, client_id: published });
  pass(301);
  expect(marksOf(await openConsent(newBrowser(), authorizeUrl(clientId)))).toEqual(MARK);
  expect(hosts.asked.map(({ url }) => url)).toEqual([published, URI, published]);
  const done = await answer(browser, consent, { decision: 'approve' });
  expect(done).toMatchObject({ status: 200, view: { page: 'hand-back' } });
});

test('a document that was refused at the beginning does not replace the one that verified the client', async () => {
  const published = 'https://app.example/published.json';
  const world = openToVerify({}, [vendorWith(published)]);
  const { ask, register, hosts, pass, answer, browser, operator } = world;
  hosts.publish({ ...DOCUMENT, client_id: published });
  const clientId = await register();
  await answer(browser, await ask(clientId), { decision: 'approve' });
  hosts.publishAt(published, { ...DOCUMENT, client_id: published, client_secret: 's' });
  pass(FRESH_FOR + 1);
  const consent = await ask(clientId);
  expect(marksOf(consent)).toEqual(MARK);
  await operator.clients.block(ADA, 'main', URI);
  expect(marksOf(await answer(browser, consent, { decision: 'approve' }))).toEqual({});
});
