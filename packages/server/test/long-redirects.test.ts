import { describe, expect, test } from 'vitest';
import { createBrowser } from './browser.ts';
import { CHALLENGE, ISSUER, NOTES, setUp } from './set-up.ts';

const LOOPBACK = 'http://127.0.0.1:4711/cb';
const MAX_BYTES = 2_048;

/** The request of an agent on a loopback address. */
const asked = (clientId: string, more: Readonly<Record<string, string>>) => ({
  response_type: 'code',
  client_id: clientId,
  redirect_uri: LOOPBACK,
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
  resource: NOTES,
  ...more,
});

describe('an error that goes back to an app on this computer', () => {
  /** The response to a request with a state of so many characters, each of which takes `times` bytes in a URL. */
  async function answered(length: number, character = 's') {
    const { server, register, authorizeUrl } = setUp();
    const clientId = await register({ redirect_uris: [LOOPBACK] });
    const state = character.repeat(length);
    const url = authorizeUrl(clientId, { redirect_uri: LOOPBACK, response_type: 'token', state });
    const route = server.routes.find(({ path }) => path === url.pathname);
    const response = await route?.endpoint(new Request(url), { ip: '192.0.2.10' });
    if (response === undefined) throw new Error('There is no answer.');
    return { response, location: response.headers.get('location'), state };
  }

  test('is a redirect while it fits into the header, and a page from the next byte on', async () => {
    const { location } = await answered(1);
    const room = MAX_BYTES - (location ?? '').length;
    const longest = await answered(1 + room);
    expect([longest.response.status, longest.location?.length]).toEqual([303, MAX_BYTES]);
    const longer = await answered(2 + room);
    expect([longer.response.status, longer.location]).toEqual([200, null]);
  });

  test('is a page that leads on by itself to the whole of it', async () => {
    const { response, state } = await answered(4_096);
    const view = await response.json();
    expect(view).toMatchObject({ page: 'hand-back', outcome: 'refused', leadsOn: true, clientName: 'App' });
    const { searchParams } = new URL(view.location);
    expect([searchParams.get('error'), searchParams.get('state')]).toEqual([
      'unsupported_response_type',
      state,
    ]);
    expect(view.location.startsWith(`${LOOPBACK}?`)).toBe(true);
  });

  test('is measured in the bytes of the header', async () => {
    expect((await answered(600)).response.status).toBe(303);
    expect((await answered(600, 'é')).response.status).toBe(200);
  });
});

describe('a request that is posted', () => {
  test('leads on over a page where it is too long for a redirect, and ends at the same question', async () => {
    const { server, register } = setUp();
    const clientId = await register({ redirect_uris: [LOOPBACK] });
    const browser = createBrowser(server, ISSUER);
    const state = 's'.repeat(4_096);
    const shown = await browser.post(`${ISSUER}/connect/authorize`, asked(clientId, { state }));
    expect(shown).toMatchObject({ status: 200, view: { page: 'onward' } });
    expect(shown.view.location).toMatch(/^\/connect\/authorize\?.+#$/);
    const next = await browser.open(shown.view.location);
    expect(next.view.page).toBe('sign-in');
  });

  test('is never sent as a Location over 2 KB, whatever its length', async () => {
    const { server, register } = setUp();
    const clientId = await register({ redirect_uris: [LOOPBACK] });
    const route = server.routes.find(({ path }) => path === '/connect/authorize');
    const statuses = await Promise.all(
      [0, 1_000, 1_700, 1_800, 1_900, 3_000, 7_000, 8_000].map(async (length) => {
        const body = new URLSearchParams(asked(clientId, { state: 's'.repeat(length) }));
        const request = new Request(`${ISSUER}/connect/authorize`, { method: 'POST', body });
        const response = await route?.endpoint(request, { ip: '192.0.2.10' });
        expect((response?.headers.get('location') ?? '').length).toBeLessThanOrEqual(MAX_BYTES);
        return response?.status;
      }),
    );
    expect(statuses).toEqual([303, 303, 303, 200, 200, 200, 200, 400]);
  });
});
