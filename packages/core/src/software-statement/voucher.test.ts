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
  ['somebody trusted under another name now', [issuer({ name: 'W' })], client, 'W'],
  ['somebody no longer trusted', [], client, undefined],
  ['somebody else', [issuer({ issuer: 'https://v.example/' })], client, undefined],
  ['nobody', [issuer()], { softwareId: 'notes' }, undefined],
  ['somebody trusted for this software', [issuer({ softwareIds: ['notes'] })], client, 'V'],
  ['somebody trusted for other software', [issuer({ softwareIds: ['other'] })], client, undefined],
  ['somebody trusted for no software', [issuer({ softwareIds: [] })], client, undefined],
  [
    'somebody trusted for certain software, without saying which',
    [issuer({ softwareIds: ['notes'] })],
    { registration },
    undefined,
  ],
])(cite('vouched for by %s', 'vestibule:software-statements:trust-now'), (_, issuers, who, name) => {
  const realm = realmWith({ softwareStatements: { issuers } });
  expect(statementIssuerOf(dynamicClient(who), realm)?.name).toBe(name);
});
