import { expect, test } from 'vitest';
import { setUp } from './set-up.ts';

const LOOPBACK = 'http://127.0.0.1/cb';

test.each([
  ['none', LOOPBACK, true],
  ['none', 'com.acme.app:/cb', true],
  ['none', 'https://app.example/cb', undefined],
  ['client_secret_basic', LOOPBACK, undefined],
] as const)(
  'a client of the operator’s that authenticates with %s and is reached at %s can be imitated: %s',
  async (method, redirectUri, expected) => {
    const { preregister, newBrowser, openConsent, authorizeUrl } = setUp();
    const { clientId } = await preregister({ redirectUris: [redirectUri], authentication: { method } });
    const url = authorizeUrl(clientId, { redirect_uri: redirectUri });
    const { view } = await openConsent(newBrowser(), url);
    expect(view).toMatchObject({ page: 'consent', client: { isPreregistered: true } });
    expect(Object(Object(view).client).canBeImitated).toBe(expected);
  },
);
