import type { DynamicClient } from '@vestibule/core';
import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { realmWith } from '../../test/set-up.ts';
import { localizedClient } from './localized-client.ts';

const realm = realmWith();
const client: DynamicClient = {
  kind: 'dynamic',
  realm: 'main',
  id: 'app',
  version: 1,
  name: 'Notes',
  redirectUris: ['https://app.example/cb'],
  grantTypes: ['authorization_code'],
  applicationType: 'web',
  translations: {
    'ja-Jpan-JP': { name: 'メモ' },
    fr: { name: 'Carnet', tosUri: 'https://app.example/fr' },
    'pt-BR': { tosUri: 'https://app.example/pt' },
  },
  issuedAt: 0,
  registration: {},
};

test.each<[string | undefined, string, string | undefined]>([
  [undefined, 'Notes', undefined],
  ['', 'Notes', undefined],
  ['*', 'Notes', undefined],
  ['de, *;q=0.5', 'Notes', undefined],
  ['fr', 'Carnet', 'fr'],
  ['FR-ch, en;q=0.5', 'Carnet', 'fr'],
  ['ja', 'メモ', 'ja-Jpan-JP'],
  ['ja-Jpan-JP', 'メモ', 'ja-Jpan-JP'],
  ['fr;q=0.2, ja;q=0.8', 'メモ', 'ja-Jpan-JP'],
  ['fr;q=0', 'Notes', undefined],
  ['pt-BR', 'Notes', undefined],
  [';;;,=,q', 'Notes', undefined],
  [`${'x,'.repeat(19)}fr`, 'Carnet', 'fr'],
  [`${'x,'.repeat(5_000)}fr`, 'Notes', undefined],
])(
  cite('who accepts %s reads %s', 'rfc7591:2.2:shown', 'rfc7591:2.2:plain-shown'),
  (accepted, name, nameLanguage) => {
    const headers = accepted === undefined ? {} : { 'accept-language': accepted };
    const shown = localizedClient(new Request('https://id.example/', { headers }), realm, client);
    expect([shown.name, shown.nameLanguage]).toEqual([name, nameLanguage]);
  },
);

test(cite('displays the only name of a client without translations', 'rfc7591:2.2:plain-shown'), () => {
  const { translations: _, ...plain } = client;
  const request = new Request('https://id.example/', { headers: { 'accept-language': 'fr' } });
  expect(localizedClient(request, realm, plain)).toEqual(plain);
});
