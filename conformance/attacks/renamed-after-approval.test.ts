/**
 * A client that changes its name after its approval: a person approves "Attacker", and the client then takes a name that
 * they would not end (RFC 7592), or has had another name in their language all along. The person does not find what they
 * approved.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7592#section-2.2 RFC 7592 §2.2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-5 RFC 7591 §5, registered names are claims}
 *
 * Taken out: packages/server/src/grant/apps-of-grants.ts: `displayed === undefined ? [] : [approvedClient(displayed, clientMethod)]` → `[]`
 * Then fails: lists a client in connected apps under the name that was approved
 * Taken out: packages/server/src/client/app-description.ts: `{ ...(isRenamed && { name: nameOf(shown) }), ...(left.length > 0 && { left }) }` → `undefined`
 * Then fails: says in connected apps that a client has changed since its approval
 * Taken out: packages/server/src/endpoints/consent.ts: `displayed: displayedClient(shown)` → `displayed: { ...displayedClient(shown), name: '' }`
 * Then fails: lists a client in connected apps under the name that was displayed in another language
 */
import { beforeAll, expect, test } from 'vitest';
import { authorizeUrl, exchange, register } from '@vestibule/testing/oauth';
import { attackedApp } from './support/attacked.ts';
import { handedBack, newBrowser } from '@vestibule/testing/browser';
import { CALLBACK } from './support/client.ts';

const app = attackedApp();

beforeAll(() =>
  app().change(({ settings, ...realm }) => ({
    ...realm,
    settings: {
      ...settings,
      registration: { ...settings.registration, management: { enabled: true, rotateToken: false } },
    },
  })),
);

/** Makes Ada approve a new client, exchanges its code, and returns how she opens her connected apps. */
async function approved(metadata: object, parameters: Record<string, string> = {}) {
  const { body } = await register(app(), { redirect_uris: [CALLBACK], ...metadata });
  const browser = newBrowser();
  const url = authorizeUrl(app(), body.client_id, { redirect_uri: CALLBACK, ...parameters });
  const shown = await browser.signIn(await browser.open(url));
  const arrived = handedBack(await browser.decide(shown, 'approve'));
  if (arrived === undefined) throw new Error('Nothing was approved.');
  expect(await exchange(app(), body.client_id, CALLBACK, arrived)).toMatchObject({ status: 200 });
  const entries = async (): Promise<readonly string[]> => {
    const apps = await browser.signIn(await browser.open(`${app().issuer}/connect/apps`));
    return apps.page.querySelectorAll('section').map(({ text }) => text.replaceAll(/\s+/g, ' '));
  };
  return { registered: body, entries };
}

/** Replaces a client's registration with its own token. */
async function rename(id: string, bearer: string, name: string): Promise<void> {
  const response = await fetch(`${app().issuer}/connect/register/${id}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify({ client_id: id, redirect_uris: [CALLBACK], client_name: name }),
  });
  expect(response.status).toBe(200);
}

const renamed = async (from: string, to: string): Promise<string | undefined> => {
  const { registered, entries } = await approved({ client_name: from });
  await rename(registered.client_id, registered.registration_access_token, to);
  return (await entries()).find((entry) => entry.includes(to) || entry.includes(from));
};

test('lists a client in connected apps under the name that was approved', async () => {
  expect(await renamed('Mail sorter', 'Family calendar')).toMatch(/^ “Mail sorter” \[unverified\]/);
});

test('says in connected apps that a client has changed since its approval', async () => {
  const entry = await renamed('Photo sorter', 'Family album');
  expect(entry).toContain('This app has changed since you allowed it.');
  expect(entry).toContain('It now calls itself “Family album” [unverified].');
});

test('lists a client in connected apps under the name that was displayed in another language', async () => {
  const names = { client_name: 'Family budget', 'client_name#fr': 'Lecteur' };
  const { entries } = await approved(names, { ui_locales: 'fr' });
  const found = await entries();
  expect(found.find((entry) => entry.includes('Lecteur'))).toMatch(/^ “Lecteur” \[unverified\]/);
  expect(found.filter((entry) => entry.includes('Family budget'))).toEqual([]);
});
