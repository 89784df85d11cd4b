import { expect, test } from 'vitest';
import { realmSettings } from '../../realm/realm-settings.ts';
import { claimedUris } from './claimed-uris.ts';

const pageOf = (length: number): string => 'https://app.example/'.padEnd(length, 'a');

test.each([
  [2_048, true],
  [2_049, false],
])('a claimed URI of %i characters is accepted: %s', (length, ok) => {
  const draft = { metadata: { policy_uri: pageOf(length) }, redirectUris: [] };
  const context = { settings: realmSettings().registration, scopes: [] };
  expect(claimedUris.apply(draft, context).ok).toBe(ok);
});
