/**
 * Mix-up of identity providers: the response of another authorization server reaches the return address, and the code in it would be sent
 * to the configured provider, or the code of that provider was meant for another server.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9207#section-2.4 RFC 9207 §2.4}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.4 RFC 9700 §4.4}
 *
 * Taken out: packages/upstream/src/sign-in-upstream.ts: `returned.search = parameters.toString();` → `parameters.delete('iss'); returned.search = parameters.toString();`
 * Then fails: sends no code to the provider if the response names another issuer
 *
 * Taken out: packages/upstream/src/provider.ts: `if (found !== issuer) return` → `if (false) return`
 * Then fails: does not use metadata with another issuer
 */
import { asksForConsent, newBrowser } from '@vestibule/testing/browser';
import { without } from '@vestibule/testing/openid-provider';
import { expect, test } from 'vitest';
import { startUpstream } from './support/upstream.ts';

test.each([
  ['says that it names its issuer', true],
  ['does not say whether it names its issuer', false],
])(
  'sends no code to the provider if the response names another issuer, and the provider %s',
  async (_, says) => {
    const { signIn, provider, failures } = await startUpstream();
    if (!says) {
      provider.lies.metadata = (metadata) =>
        without(metadata, 'authorization_response_iss_parameter_supported');
    }
    provider.lies.response = (parameters) => parameters.set('iss', 'https://evil.example');
    expect(asksForConsent(await signIn())).toBe(false);
    expect(provider.requested).not.toContain('/token');
    expect(failures).toMatchObject([{ rule: 'upstream.response' }]);
  },
);

test('sends no code to a provider that promised to name its issuer, and does not', async () => {
  const { signIn, provider } = await startUpstream();
  provider.lies.response = (parameters) => parameters.delete('iss');
  expect(asksForConsent(await signIn())).toBe(false);
  expect(provider.requested).not.toContain('/token');
});

test('does not use metadata with another issuer', async () => {
  const { client, provider } = await startUpstream();
  // It differs by a slash, which a comparison of URLs does not see.
  provider.lies.metadata = (metadata) => ({ ...metadata, issuer: `${provider.issuer}/` });
  const shown = await newBrowser().open(client.url());
  expect([shown.status, shown.away]).toEqual([503, undefined]);
});
