import type { RealmSettings } from '@vestibule/core';

/** Settings of which none is what it is by default. */
export const unusualSettings: RealmSettings = {
  registration: {
    open: true,
    mode: 'both',
    management: { enabled: true, rotateToken: false },
    coalesce: false,
    candidate: { unsupportedTypes: 'refuse', reservedNames: ['Zebra'], vendors: [] },
    unsupportedTypes: 'narrow',
    privateUseSchemes: false,
    allowedRedirectHosts: ['*.notes.example'],
    refusedRedirectHosts: ['old.notes.example'],
    reservedNames: ['Zebra', 'Acme'],
    vendors: [
      { name: 'Zebra Mail', hosts: ['zebra.example', '*.zebra.example'] },
      { name: 'Acme', aliases: ['Acme Notes'], hosts: ['acme.example'], schemes: ['acme-notes'] },
    ],
    softwareStatements: {
      issuers: [
        {
          name: 'Voucher',
          issuer: 'https://voucher.example',
          jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'x', key_ops: ['verify'], ext: true }] },
          algorithms: ['Ed25519', 'ES256'],
          softwareIds: ['z', 'a'],
        },
        {
          name: 'Elsewhere',
          issuer: 'https://elsewhere.example',
          jwksUri: 'https://elsewhere.example/jwks',
          algorithms: ['PS256'],
        },
      ],
      untrusted: 'refuse',
    },
    limits: {
      attemptsPerAddressPerHour: 3,
      perAddressPerHour: 0,
      siteTimes: 2,
      organizationTimes: 3,
      perRealmPerDay: 1,
      organizationPercentOfDay: 50,
      perOriginPerHour: 6,
      authorizationsPerAddressPerHour: 2,
      perRedirectUrisPerHour: 3,
      awakeClients: 4,
      egressRanges: [{ name: 'Hosted agent', ranges: ['192.0.2.0/24', '2001:db8::/32'], perHour: 5 }],
    },
  },
  lifetimes: {
    accessToken: 1,
    refreshToken: 2,
    refreshGrace: 0,
    code: 3,
    transaction: 4,
    session: 5,
    pushedRequest: 9,
    idToken: 10,
  },
  lifecycle: { unused: 6, dormant: 7, asleep: 8, restorable: 9, restorableClients: 10 },
  keys: { algorithm: 'RS256', rotateAfter: 11, publishBefore: 12 },
  consent: { durations: [13, 'until-revoked'], minimumReadingTime: 14 },
  authorization: { pushedRequestsOnly: true },
};
