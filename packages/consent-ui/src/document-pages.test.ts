import type { ConsentView, Page } from '@vestibule/server';
import { parse } from 'node-html-parser';
import { expect, test } from 'vitest';
import { createPages } from './pages.ts';
import { textOf } from '../test/text-of.ts';

const NOW = Date.UTC(2027, 2, 3, 12, 0, 0);

const DESTINATION: ConsentView['client']['destination'] = {
  kind: 'https',
  raw: 'https://app.example/cb',
  host: 'app.example',
};

/** The consent page for a client whose document is on the website `app.example`. */
const consentTo = (client: Partial<ConsentView['client']>): Page =>
  createPages().consent({
    realmName: 'Main',
    action: '/connect/consent',
    interaction: 'tx-1',
    csrf: 'csrf-1',
    client: {
      name: 'Bank of Ada',
      issuedAt: NOW - 120_000,
      documentHost: 'app.example',
      destination: DESTINATION,
      ...client,
    },
    api: { name: 'Notes', resource: 'https://notes.example/mcp' },
    scopes: [{ name: 'notes:read', description: 'Read your notes' }],
    person: { subject: 's', name: 'Ada Lovelace' },
    lasts: 604_800,
    switchPerson: '/connect/sign-in?transaction=tx-1',
    held: [],
    durations: ['until-revoked'],
    connectedApps: '/connect/apps',
    stale: false,
    readingTime: 1_000,
    now: NOW,
  });

test('the website that describes an app stands before its name', () => {
  const text = textOf(consentTo({}));
  expect(text.indexOf('app.example')).toBeLessThan(text.indexOf('Bank of Ada'));
  expect(parse(consentTo({}).html).querySelector('p.from')?.text).toContain('app.example');
  expect(text).toContain('Only app.example says what this app is called.');
});

test('a website that the person is sent to does not count as having checked the name of its app', () => {
  const text = textOf(consentTo({ verifiedBy: 'app.example' }));
  expect(text).toContain('“Bank of Ada” [verified by app.example]');
  expect(text).toContain(
    'app.example describes this app, and is where you will be sent. The website chose this name.',
  );
  expect(text).not.toContain('has verified this name');
});

const LOOPBACK = { kind: 'loopback', raw: 'http://127.0.0.1:1/', host: '127.0.0.1', target: '/' } as const;

test.each([
  ['on this computer', LOOPBACK],
  ['at another website', { kind: 'https', raw: 'https://b.example/cb', host: 'b.example' } as const],
])('an app %s that needs a key of its website is said to need it', (_, destination) => {
  const text = textOf(consentTo({ verifiedBy: 'app.example', destination }));
  expect(text).toContain('“Bank of Ada” [verified by app.example]');
  expect(text).toContain(
    'app.example describes this app. Only an app with a key of app.example gets access. The website chose this name.',
  );
  expect(text).not.toMatch(/where you will be sent\. It|Any program/);
});

test('an app with a key and the name of a vendor is said to claim it, because the key confirms no name', () => {
  const text = textOf(
    consentTo({ verifiedBy: 'app.example', destination: LOOPBACK, claimsToBe: 'Anthropic' }),
  );
  expect(text).toContain('This app says it is from Anthropic. app.example describes this app.');
});

test('an app on this computer with the name of a vendor is said to claim it, although a document describes it', () => {
  const text = textOf(consentTo({ destination: LOOPBACK, claimsToBe: 'Anthropic' }));
  expect(text).toContain(
    'This app says it is from Anthropic. Only app.example says what this app is called.',
  );
});

test('an app that its website verifies and that registered is said to have registered', () => {
  const text = textOf(consentTo({ verifiedBy: 'app.example', hasRegistered: true }));
  expect(text).toContain('“Bank of Ada” [verified by app.example]');
  expect(text).toContain('This app registered here 2 minutes ago.');
  expect(textOf(consentTo({ verifiedBy: 'app.example' }))).toContain(
    'This app first came here 2 minutes ago.',
  );
});

test('any program can be an app whose website passes responses on', () => {
  const text = textOf(consentTo({ canBeImitated: true }));
  expect(text).toContain('“Bank of Ada” [unverified]');
  expect(text).toContain('Any program on this computer can say that it is this app.');
  expect(text).not.toContain('You will be sent to another website.');
});
