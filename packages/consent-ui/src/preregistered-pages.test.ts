import type { ConsentView, HandBackView, Page, SignInView } from '@vestibule/server';
import { parse } from 'node-html-parser';
import { describe, expect, test } from 'vitest';
import { createPages } from './pages.ts';

const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);
const pages = createPages();
const destination = { kind: 'https', raw: 'https://acme.example/cb', host: 'acme.example' } as const;
const form = { action: '/connect/x', transaction: 'tx-1', csrf: 'csrf-1' };

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
const handBack: HandBackView = {
  realmName: 'Main',
  clientName: 'Acme',
  isPreregistered: true,
  outcome: 'approved',
  destination,
  location: 'https://acme.example/cb?code=c',
};

const textOf = ({ html }: Page): string =>
  (parse(html).querySelector('main')?.text ?? '').replaceAll(/\s+/g, ' ').trim();

test.each([
  ['sign-in', pages.signIn(signIn)],
  ['consent', pages.consent(consent)],
  ['hand-back', pages.handBack(handBack)],
])('the %s page says who set the app up, and not that nobody checked it', (_, page) => {
  expect(textOf(page)).toContain('“Acme” [set up by Main]');
  expect(textOf(page)).not.toMatch(/unverified|Nobody has checked|introduced itself/);
});

test('the consent page says it in words, and still where the person will be sent', () => {
  const text = textOf(pages.consent(consent));
  expect(text).toContain('The operator of Main set this app up.');
  expect(text).toContain('acme.example');
  expect(text).toContain('You will be asked again every time it connects.');
});

test('and that it will not be asked again, where it will not', () => {
  const text = textOf(pages.consent({ ...consent, isRemembered: true }));
  expect(text).toContain('you will not be asked for this again');
  expect(text).not.toContain('You will be asked again every time');
});

test('the name of the realm is text, whatever stands in it', () => {
  const html = pages.consent({ ...consent, realmName: '<img src=x>' }).html;
  expect(html).not.toContain('<img');
  expect(html).toContain('[set up by &lt;img src=x&gt;]');
});

describe('a name that somebody stands behind, of an app that any program can take the place of', () => {
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
      'set up by the operator, on this computer',
      { destination: loopback },
      'any program on this computer can use it',
    ],
    ['set up by the operator, behind a scheme', { destination: scheme }, 'any app on this device can use it'],
    [
      'vouched for, on this computer',
      { destination: loopback, isPreregistered: false, verifiedBy: 'Guild' },
      'any program on this computer can use it',
    ],
  ])('%s: the page says so', (_, client, words) => {
    expect(text({ ...client, canBeImitated: true })).toContain(words);
  });

  test('is not warned of where nothing can take its place', () => {
    expect(text({ destination: loopback })).not.toContain('can use it');
  });
});
