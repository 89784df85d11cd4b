import type { DynamicClient } from '@vestibule/core';
import { describe, expect, test } from 'vitest';
import type { DisplayedClient } from '../records/displayed-client.ts';
import type { LocalizedClient } from './localized-client.ts';
import { describeApp, type PresentClient } from './app-description.ts';

const CLIENT: DynamicClient = {
  kind: 'dynamic',
  realm: 'main',
  id: 'dyn-1',
  version: 1,
  name: 'Notebook',
  translations: { fr: { name: 'Carnet' } },
  redirectUris: ['http://127.0.0.1/cb', 'https://app.example/cb', 'com.example.app:/cb'],
  grantTypes: ['authorization_code'],
  applicationType: 'native',
  issuedAt: 0,
  registration: {},
};
type Shown = Partial<Pick<LocalizedClient, 'name' | 'nameLanguage' | 'verifiedBy'>>;

const present = (stored: Partial<DynamicClient> = {}, shown: Shown = {}) => {
  const client = { ...CLIENT, ...stored };
  return { stored: client, shown: { ...client, ...shown } };
};
const displayed = (over: Partial<DisplayedClient> = {}): DisplayedClient => ({
  name: 'Notebook',
  redirectUri: 'http://127.0.0.1:4711/cb',
  ...over,
});

test('describes an app by its present name where nothing was kept', () => {
  expect(describeApp([], present({}, { name: 'Carnet', nameLanguage: 'fr' }))).toEqual({
    name: 'Carnet',
    language: 'fr',
  });
  expect(describeApp([], undefined)).toEqual({ isUnknown: true });
});

test('puts no marker behind a name whose client is no longer registered', () => {
  expect(describeApp([displayed({ verifiedBy: 'The Guild' })], undefined)).toEqual({
    name: 'Notebook',
    isUnknown: true,
    destinations: [expect.objectContaining({ raw: 'http://127.0.0.1:4711/cb' })],
  });
});

describe('says that an app has changed', () => {
  test.each<[string, DisplayedClient, PresentClient, object | undefined]>([
    ['not when nothing did', displayed(), present(), undefined],
    ['not when it is displayed in another language', displayed(), present({}, { name: 'Carnet' }), undefined],
    [
      'not when it was displayed in another language',
      displayed({ name: 'Carnet', language: 'fr' }),
      present(),
      undefined,
    ],
    [
      'not when it listens on another port',
      displayed({ redirectUri: 'http://127.0.0.1:1/cb' }),
      present(),
      undefined,
    ],
    [
      'not when a path at the same host changed',
      displayed({ redirectUri: 'https://app.example/old' }),
      present(),
      undefined,
    ],
    ['when its name is another one', displayed(), present({ name: 'Bank' }), { name: { name: 'Bank' } }],
    [
      'when its name in the language of the page is another one',
      displayed({ name: 'Banque', language: 'fr' }),
      present({}, { name: 'Carnet', nameLanguage: 'fr' }),
      { name: { name: 'Carnet', language: 'fr' } },
    ],
    [
      'when its name in the language of the page is gone',
      displayed({ name: 'Cuaderno', language: 'es' }),
      present(),
      { name: { name: 'Notebook' } },
    ],
    [
      'naming who confirms the new name',
      displayed(),
      present({ name: 'Bank' }, { name: 'Bank', verifiedBy: 'The Guild' }),
      { name: { name: 'Bank', verifiedBy: 'The Guild' } },
    ],
    ...[
      'https://other.example/cb',
      'https://app.example:8443/cb',
      'http://localhost:4711/cb',
      'com.example.other:/cb',
      'com.example.app://host/cb',
    ].map((raw): [string, DisplayedClient, PresentClient, object] => [
      `when it no longer uses ${raw}`,
      displayed({ redirectUri: raw }),
      present(),
      { left: [expect.objectContaining({ raw })] },
    ]),
  ])('%s', (_, then, now, changed) => {
    expect(describeApp([then], now).changed).toEqual(changed);
  });
});

describe('puts a marker behind a displayed name', () => {
  const guild = { verifiedBy: 'The Guild' };
  test.each<[string, Partial<DisplayedClient>, Shown, object]>([
    ['displayed before and still valid', guild, guild, guild],
    ['if its name in the language of the page was removed', guild, {}, {}],
    ['unless it did not stand there then', {}, guild, {}],
    ['unless another one stands there now', guild, { verifiedBy: 'The Club' }, {}],
  ])('%s', (_, then, now, expected) => {
    const { verifiedBy } = describeApp([displayed(then)], present({}, now));
    expect(verifiedBy === undefined ? {} : { verifiedBy }).toEqual(expected);
  });
});

test('names every name and every destination once, the newest first', () => {
  const { name, alsoApprovedAs, destinations } = describeApp(
    [
      displayed({ redirectUri: 'http://127.0.0.1:2/cb' }),
      displayed({ name: 'Old' }),
      displayed({ name: 'Old', redirectUri: 'https://app.example/a' }),
      displayed({ redirectUri: 'https://app.example/b' }),
      displayed({ redirectUri: 'http://127.0.0.1:2/other' }),
    ],
    present(),
  );
  expect([name, alsoApprovedAs]).toEqual(['Notebook', [{ name: 'Old' }]]);
  expect(destinations).toMatchObject([{ kind: 'loopback' }, { kind: 'loopback' }, { host: 'app.example' }]);
});
