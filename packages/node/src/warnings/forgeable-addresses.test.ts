import { expect, test } from 'vitest';
import { forgeableAddresses } from './forgeable-addresses.ts';

const OUTSIDE = 'https://id.example';
const HERE = 'http://localhost:4000';

test.each([
  [1, undefined, OUTSIDE],
  [2, '0.0.0.0', OUTSIDE],
  [1, '::', OUTSIDE],
  [1, '0.0.0.0', HERE],
])(
  'warns that addresses can be forged with trustProxy: %s, host: %s and the issuer %s',
  (trustProxy, host, issuer) => {
    expect(forgeableAddresses({ trustProxy, host, issuers: [issuer] })).toContain(
      `trustProxy: ${trustProxy} trusts`,
    );
  },
);

test.each([
  [1, undefined, HERE],
  [1, '127.0.0.1', OUTSIDE],
  [1, '10.0.0.7', OUTSIDE],
  ['10.0.0.0/8', undefined, OUTSIDE],
  ['loopback', '0.0.0.0', OUTSIDE],
  [false as const, undefined, OUTSIDE],
])(
  'does not warn about addresses with trustProxy: %s, host: %s and the issuer %s',
  (trustProxy, host, issuer) => {
    expect(forgeableAddresses({ trustProxy, host, issuers: [issuer] })).toBeUndefined();
  },
);
