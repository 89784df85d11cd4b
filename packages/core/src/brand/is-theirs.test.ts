import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRedirectUri } from '../redirect-uri/parse-redirect-uri.ts';
import { isTheirs, isVendorsPlace } from './is-theirs.ts';
import type { Vendor } from './vendor.ts';

const host = fc
  .array(fc.constantFrom('acme', 'mail', 'example', 'zylo'), { minLength: 1, maxLength: 3 })
  .map((labels) => labels.join('.'));
const pattern = fc.oneof(
  host,
  host.map((name) => `*.${name}`),
  host.map((name) => `${name}:8443`),
);
const scheme = fc.constantFrom('acme', 'zylo', 'acme://sync', 'acme://mail', 'zylo://sync');
const vendor: fc.Arbitrary<Vendor> = fc.record({
  name: fc.constant('Acme'),
  hosts: fc.array(pattern, { maxLength: 3 }),
  schemes: fc.array(scheme, { maxLength: 2 }),
});
const uri = fc.oneof(
  host.map((name) => `https://${name}/callback`),
  host.map((name) => `https://${name}:8443/callback`),
  fc.constantFrom('acme:/callback', 'acme://sync/callback', 'zylo://mail', 'zylo:/', 'http://127.0.0.1/'),
);

test('a place belongs to a list of vendors exactly if it belongs to one of them', () => {
  fc.assert(
    fc.property(fc.array(vendor, { maxLength: 3 }), uri, (vendors, raw) => {
      const parsed = parseRedirectUri(raw);
      if (!parsed.ok) throw new Error(raw);
      const expected = vendors.some((one) => isTheirs(parsed.uri, one));
      expect(isVendorsPlace(parsed.uri, vendors)).toBe(expected);
    }),
    { numRuns: 2_000 },
  );
});
