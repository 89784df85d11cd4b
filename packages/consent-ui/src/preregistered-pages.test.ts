import type { ConsentView, AuthorizationResponseView, SignInView } from '@vestibule/server';
import { NOW } from '@vestibule/testing/now';
import { parse } from 'node-html-parser';
import { describe, expect, test } from 'vitest';
import { createPages } from './pages.ts';
import { textOf } from '../test/text-of.ts';

const pages = createPages();
const destination = { kind: 'https', raw: 'https://acme.example/cb', host: 'acme.example' } as const;
const form = { action: '/connect/x', interaction: 'tx-1', csrf: 'csrf-1' };

const signIn: SignInView = { realmName: 'Main', clientName: 'Acme', isPreregistered: true, ...form };
const consent: ConsentView = {
  ...form,
  realmName: 'Main',
  client: { name: 'Acme', issuedAt: NOW, destination, isPreregistered: true },
  api: { name: 'Notes', resource: 'https://notes.example/mcp' },
  scopes: [{ name: 'notes:read', description: 'Read your notes' }],
  held: [],
  durations: ['until-revoked'],
  person: { subject: 's', name: 'Ada' },
  lasts: 604_800,
  switchPerson: '/connect/sign-in?transaction=tx-1',
  connectedApps: '/connect/apps',
  stale: false,
  readingTime: 1_000,
  now: NOW,
};
const handBack: AuthorizationResponseView = {
  realmName: 'Main',
  clientName: 'Acme',
  isPreregistered: true,
  outcome: 'approved',
  destination,
  location: 'https://acme.example/cb?code=c',
};

test.each([
  ['sign-in', pages.signIn(signIn)],
  ['consent', pages.consent(consent)],
  ['authorization response', pages.handBack(handBack)],
])('the %s page says who set up a pre-registered app, and not that it is unverified', (_, page) => {
  expect(textOf(page)).toContain('“Acme” [set up by Main]');
  expect(textOf(page)).not.toMatch(/unverified|Nobody has checked|registered here/);
});

test('the consent page says who set up a pre-registered app, and where the person will be sent', () => {
  const text = textOf(pages.consent(consent));
  expect(text).toContain('The operator of Main set up this app.');
  expect(text).toContain('acme.example');
  expect(text).toContain('You will be asked again every time it connects.');
});

test('the consent page says that remembered consent will not be asked for again', () => {
  const text = textOf(pages.consent({ ...consent, isRemembered: true }));
  expect(text).toContain('you will not be asked for this again');
  expect(text).not.toContain('You will be asked again every time');
});

test('the marker escapes the name of the realm', () => {
  const html = pages.consent({ ...consent, realmName: '<img src=x>' }).html;
  expect(html).not.toContain('<img');
  expect(html).toContain('[set up by &lt;img src=x&gt;]');
});

describe('the consent page of a confirmed app that another program can imitate', () => {
  const text = (client: Partial<ConsentView['client']>): string =>
    parse(pages.consent({ ...consent, client: { ...consent.client, ...client } }).html).querySelector(
      '.callout',
    )?.text ?? '';
  const loopback = {
    kind: 'loopback',
    raw: 'http://127.0.0.1:1/cb',
    host: '127.0.0.1',
    target: '/cb',
  } as const;
  const scheme = { kind: 'private-use', raw: 'acme:cb', scheme: 'acme' } as const;

  test.each([
    [
      'pre-registered with a loopback address',
      { destination: loopback },
      'Any program on this computer can still pretend to be this app.',
    ],
    [
      'pre-registered with a private-use scheme',
      { destination: scheme },
      'Any app on this device can still pretend to be this app.',
    ],
    [
      'verified with a loopback address',
      { destination: loopback, isPreregistered: false, verifiedBy: 'Guild' },
      'Any program on this computer can still pretend to be this app.',
    ],
  ])('warns of the imitation: %s', (_, client, words) => {
    expect(text({ ...client, canBeImitated: true })).toContain(words);
  });

  test('has no warning if nothing can imitate the app', () => {
    expect(text({ destination: loopback })).not.toContain('pretend');
  });
});
