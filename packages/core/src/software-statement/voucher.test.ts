import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { dynamicClient } from '../../test/support/clients.ts';
import { realmWith } from '../../test/support/realm.ts';
import type { DynamicClient } from '../client/client.ts';
import type { TrustedIssuer } from './verifier.ts';
import { statementIssuerOf } from './voucher.ts';

const issuer = (over: Partial<TrustedIssuer> = {}): TrustedIssuer => ({
  name: 'V',
  issuer: 'https://v.example',
  algorithms: ['ES256'],
  ...over,
});
const registration = { vouchedBy: 'https://v.example' };
const client = { softwareId: 'notes', registration };

test.each<[string, readonly TrustedIssuer[], Partial<DynamicClient>, string | undefined]>([
  ['somebody trusted', [issuer()], client, 'V'],
  ['an issuer that is trusted under another name now', [issuer({ name: 'W' })], client, 'W'],
  ['an issuer that is no longer trusted', [], client, undefined],
  ['somebody else', [issuer({ issuer: 'https://v.example/' })], client, undefined],
  ['nobody', [issuer()], { softwareId: 'notes' }, undefined],
  ['an issuer that is trusted for this software', [issuer({ softwareIds: ['notes'] })], client, 'V'],
  ['an issuer that is trusted for other software', [issuer({ softwareIds: ['other'] })], client, undefined],
  ['an issuer that is trusted for no software', [issuer({ softwareIds: [] })], client, undefined],
  [
    'an issuer that is trusted for certain software, without a software_id',
    [issuer({ softwareIds: ['notes'] })],
    { registration },
    undefined,
  ],
])(cite('verified by %s', 'vestibule:software-statements:trust-now'), (_, issuers, who, name) => {
  const realm = realmWith({ softwareStatements: { issuers } });
  expect(statementIssuerOf(dynamicClient(who), realm)?.name).toBe(name);
});
