import fc from 'fast-check';
import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import { fingerprintOf, redirectFingerprintsOf, type Sameness } from './fingerprint.ts';

const plain = (text: string) => text;
const metadata: EffectiveClientMetadata = {
  redirect_uris: ['https://app.example/cb', 'http://localhost/cb'],
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  client_name: 'Notes',
  application_type: 'web',
};
const same: Sameness = { metadata, network: '192.0.2.0/24', identity: {} };

test('the order of members and of their values makes no difference', () => {
  const reversed = Object.fromEntries(
    Object.entries(metadata)
      .toReversed()
      .map(([name, value]) => [name, Array.isArray(value) ? value.toReversed() : value]),
  ) as unknown as EffectiveClientMetadata;
  expect(fingerprintOf(plain, { ...same, metadata: reversed })).toBe(fingerprintOf(plain, same));
});

const ofUris = (...redirect_uris: readonly string[]): string =>
  fingerprintOf(plain, { ...same, metadata: { ...metadata, redirect_uris } });

test.each([
  ['another port', ['http://localhost:1/cb'], ['http://localhost:2/cb']],
  ['no port', ['http://127.0.0.1:1/cb'], ['http://127.0.0.1/cb']],
  ['one port for two', ['http://[::1]:1/', 'http://[::1]:2'], ['http://[::1]:3']],
])(cite('%s on this computer makes no difference', 'vestibule:coalescing:loopback-port'), (_, a, b) => {
  expect(ofUris(...a)).toBe(ofUris(...b));
});

test.each([
  ['another path on this computer', 'http://localhost:1/cb', 'http://localhost:1/cb2'],
  ['another query on this computer', 'http://localhost:1/cb', 'http://localhost:1/cb?x'],
  ['another name of this computer', 'http://localhost:1/cb', 'http://127.0.0.1:1/cb'],
  ['another port elsewhere', 'https://app.example/cb', 'https://app.example:8443/cb'],
  ['https on this computer', 'http://localhost/cb', 'https://localhost/cb'],
  ['another port of an app', 'app://localhost:1/cb', 'app://localhost:2/cb'],
])(cite('%s makes a difference', 'vestibule:coalescing:other-metadata'), (_, one, other) => {
  expect(ofUris(one)).not.toBe(ofUris(other));
});

test.each<[string, Partial<Sameness>]>([
  ['the network', { network: '192.0.3.0/24' }],
  ['the token', { identity: { initialAccessTokenId: 'iat-1' } }],
  ['the statement issuer', { identity: { vouchedBy: 'iat-1' } }],
  ['what the token named', { identity: { bounds: {} } }],
  ['what the token named, in detail', { identity: { bounds: { scopes: [] } } }],
  ['a name that holds a separator', { metadata: { ...metadata, client_name: 'Notes","x' } }],
  [
    'one URI in the place of two',
    { metadata: { ...metadata, redirect_uris: ['https://app.example/cb,http://localhost/cb'] } },
  ],
])(cite('%s makes a difference', 'vestibule:coalescing:other-metadata'), (_, other) => {
  expect(fingerprintOf(plain, { ...same, ...other })).not.toBe(fingerprintOf(plain, same));
});

test('metadata that differ have another fingerprint, whatever they hold', () => {
  const some = fc.record({
    client_name: fc.string(),
    software_id: fc.string(),
    contacts: fc.array(fc.string()),
  });
  fc.assert(
    fc.property(some, some, (one, other) => {
      const [a, b] = [one, other].map((more) =>
        fingerprintOf(plain, { ...same, metadata: { ...metadata, ...more } }),
      );
      const sorted = ({ contacts, ...rest }: typeof one) => [rest, contacts.toSorted()];
      const isSame = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
      expect(a === b).toBe(isSame);
    }),
  );
});

const AWAY = 'https://a.example/cb';

test.each<[string, readonly string[], readonly string[]]>([
  ['a port of this computer beside it', [AWAY, 'http://localhost:1/cb'], [AWAY, 'http://[::1]/other']],
  ['another order', [AWAY, 'app:/cb'], ['app:/cb', AWAY]],
  ['the port that goes without saying', [AWAY], ['https://a.example:443/cb']],
  ['another case', [AWAY], ['HTTPS://A.example/cb']],
  ['a query', [AWAY], [`${AWAY}?tenant=1`]],
  ['itself twice', [AWAY], [AWAY, `${AWAY}?2`]],
])(cite('a place has the same fingerprint with %s', 'vestibule:limits:redirect-uris'), (_, one, other) => {
  expect(redirectFingerprintsOf(plain, one)).toEqual(redirectFingerprintsOf(plain, other));
});

test.each<[string, string]>([
  ['another path', 'https://a.example/cb2'],
  ['another port', 'https://a.example:8443/cb'],
  ['another host', 'https://b.example/cb'],
  ['a scheme of its own', 'app:/cb'],
])(cite('%s is another place, and counts beside the first', 'vestibule:limits:redirect-uris'), (_, other) => {
  const [first] = redirectFingerprintsOf(plain, [AWAY]);
  const both = redirectFingerprintsOf(plain, [AWAY, other]);
  expect(new Set(both).size).toBe(2);
  expect(both).toContain(first);
});

test('who sends people nowhere but to their own computer has none', () => {
  expect(redirectFingerprintsOf(plain, ['http://localhost/cb', 'http://[::1]:3/'])).toEqual([]);
});
