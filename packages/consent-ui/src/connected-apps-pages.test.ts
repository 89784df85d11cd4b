import type { ConnectedAppView, Page } from '@vestibule/server';
import { NOW } from '@vestibule/testing/now';
import { parse } from 'node-html-parser';
import { describe, expect, test } from 'vitest';
import { createPages } from './pages.ts';
import { textOf } from '../test/text-of.ts';

const DAY = 86_400_000;
const pages = createPages();
const person = { subject: 's', name: 'Ada Lovelace' };
const [READ, WRITE] = [
  { name: 'notes:read', description: 'Read your notes' },
  { name: 'notes:write', description: 'Add notes' },
];

describe('the page of connected apps', () => {
  const app: ConnectedAppView = {
    clientId: 'dyn-1',
    name: 'Gardening agent',
    since: NOW - 9 * DAY,
    lastUsedAt: NOW - DAY,
    expiresAt: NOW + 7 * DAY,
    access: [
      {
        api: { name: 'Notes', resource: 'https://notes.example/mcp' },
        scopes: [READ, { ...WRITE, endsAt: NOW + 3_600_000 }],
      },
    ],
    action: '/connect/apps',
    csrf: 'csrf-1',
  };
  const frame = {
    realmName: 'Main',
    person,
    signOut: '/connect/sign-out',
    readingTime: 1_000,
    accessTokenLifetime: 900,
    now: NOW,
  };
  const pageOf = (...apps: ConnectedAppView[]): Page => pages.connectedApps({ ...frame, apps });

  test('says that access was ended, and how long access tokens may still work', () => {
    for (const [hadAccess, words] of [
      [true, '“Gardening agent” [unverified] no longer has access.'],
      [false, '“Gardening agent” [unverified] had no access any more. It had already ended.'],
    ] as const) {
      const page = pages.connectedApps({ ...frame, apps: [], ended: { name: 'Gardening agent', hadAccess } });
      const status = parse(page.html).querySelector('[role=status]')?.text.replaceAll(/\s+/g, ' ');
      expect(status).toContain(words);
      expect(status).toContain('it may still use what it already has for up to 15 minutes.');
      expect(parse(page.html).querySelector('title')?.text).toMatch(/^Ended: /);
    }
    expect(parse(pageOf(app).html).querySelector('[role=status]')).toBeNull();
  });

  test('says before access is ended how long access tokens may still work', () => {
    expect(textOf(pageOf(app))).toContain('for up to 15 minutes');
  });

  test('says which access is stopped, because the person may not let apps use the API any more', () => {
    const words = 'Stopped: your account may not connect apps to Notes now.';
    expect(textOf(pageOf(app))).not.toContain(words);
    const access = app.access.map((one) => ({ ...one, isStopped: true as const }));
    expect(textOf(pageOf({ ...app, access }))).toContain(words);
  });

  test('tells apart two apps of the same name by the minute of approval and by port', () => {
    const at = (port: number, since: number): string =>
      textOf(
        pageOf({
          ...app,
          since,
          destinations: [
            { kind: 'loopback', raw: `http://127.0.0.1:${port}/cb`, host: '127.0.0.1', target: '/cb' },
          ],
        }),
      );
    expect(at(4711, NOW)).toContain('Allowed since November 23, 2026 at 12:00 PM UTC');
    expect(at(4711, NOW)).not.toBe(at(4712, NOW));
    expect(at(4711, NOW)).not.toBe(at(4711, NOW + 60_000));
  });

  test('has no element that a fragment could scroll to', () => {
    const page = pages.connectedApps({ ...frame, apps: [app, app], ended: { hadAccess: true } });
    expect(parse(page.html).querySelectorAll('[id], a[name]')).toEqual([]);
  });

  test('says what each app may do, since when, until when, and when it was last used', () => {
    const text = textOf(pageOf(app));
    expect(text).toContain('“Gardening agent” [unverified] Notes https://notes.example/mcp');
    expect(text).toContain('Read your notes notes:read');
    expect(text).toContain('Add notes notes:write until November 23, 2026 at 1:00 PM UTC');
    expect(text).toContain('Allowed since November 14, 2026 at 12:00 PM UTC. Last used yesterday.');
    expect(text).toContain('Its access ends if it does not come back by November 30, 2026 at 12:00 PM UTC.');
  });

  test('names no date to come back by if all access ends before it', () => {
    const [access] = app.access;
    const ending = access && { ...access, scopes: [{ ...READ, endsAt: NOW + DAY }] };
    expect(textOf(pageOf({ ...app, expiresAt: NOW + DAY, access: ending ? [ending] : [] }))).not.toContain(
      'come back',
    );
  });

  test('has one form for each app, with a label that names the app', () => {
    const root = parse(pageOf(app, { ...app, clientId: 'dyn-2', name: 'Other' }).html);
    const forms = root
      .querySelectorAll('form')
      .map((form) => [
        form.attributes,
        form.querySelectorAll('input').map(({ attributes }) => [attributes['name'], attributes['value']]),
        form.querySelector('button')?.getAttribute('aria-label'),
        form.closest('section')?.getAttribute('aria-label'),
      ]);
    const attributes = { method: 'post', action: '/connect/apps' };
    expect(forms).toEqual([
      [
        attributes,
        [
          ['client', 'dyn-1'],
          ['csrf', 'csrf-1'],
        ],
        'End this access: “\u2068Gardening agent\u2069” [unverified]',
        '“\u2068Gardening agent\u2069” [unverified]',
      ],
      [
        attributes,
        [
          ['client', 'dyn-2'],
          ['csrf', 'csrf-1'],
        ],
        'End this access: “\u2068Other\u2069” [unverified]',
        '“\u2068Other\u2069” [unverified]',
      ],
    ]);
  });

  test('tells apart by their labels and forms apps that use the same client', () => {
    const website = { kind: 'https', raw: 'https://app.example/cb', host: 'app.example' } as const;
    const here = {
      kind: 'loopback',
      raw: 'http://localhost:1/cb',
      host: 'localhost',
      target: '/cb',
    } as const;
    const root = parse(
      pageOf(
        { ...app, target: 'https://app.example', destinations: [website], verifiedBy: 'app.example' },
        { ...app, target: 'loopback', destinations: [here] },
      ).html,
    );
    expect(root.querySelectorAll('section')[1]?.text).not.toContain('port');
    const labels = [
      '“\u2068Gardening agent\u2069” [verified by app.example] (app.example)',
      '“\u2068Gardening agent\u2069” [unverified] (an app on this computer)',
    ];
    expect(root.querySelectorAll('section').map((section) => section.getAttribute('aria-label'))).toEqual(
      labels,
    );
    expect(
      root
        .querySelectorAll('form')
        .map((form) => [
          form.querySelector('[name=target]')?.getAttribute('value'),
          form.querySelector('button')?.getAttribute('aria-label'),
        ]),
    ).toEqual([
      ['https://app.example', `End this access: ${labels[0]}`],
      ['loopback', `End this access: ${labels[1]}`],
    ]);
  });

  test('says which of the apps that use the same client was ended', () => {
    const destination = {
      kind: 'loopback',
      raw: 'http://localhost:1/cb',
      host: 'localhost',
      target: '/cb',
    } as const;
    const ended = { name: 'Gardening agent', hadAccess: true, destination };
    expect(textOf(pages.connectedApps({ ...frame, apps: [], ended }))).toContain(
      '“Gardening agent” [unverified] (an app on this computer) no longer has access.',
    );
  });

  test('names the statement issuer of a verified app, and says if an app is no longer registered', () => {
    const { name: _, ...nameless } = app;
    expect(textOf(pageOf({ ...app, verifiedBy: 'The Guild' }))).toContain('[verified by The Guild]');
    expect(textOf(pageOf(nameless))).toContain('An app that is no longer registered here');
  });

  test('displays where the person was sent when they allowed an app, with the port of an app on this computer', () => {
    const text = textOf(
      pageOf({
        ...app,
        destinations: [
          { kind: 'loopback', raw: 'http://127.0.0.1:4711/cb', host: '127.0.0.1', target: '/cb' },
          { kind: 'https', raw: 'https://app.example/cb', host: 'app.example' },
          { kind: 'loopback', raw: 'http://[::1]/cb', host: '[::1]', target: '/cb' },
        ],
      }),
    );
    expect(text).toContain('you were sent to 127.0.0.1, port 4711 an app on this computer');
    expect(text).toContain('you were sent to app.example a website');
    expect(text).toContain('you were sent to [::1] an app on this computer');
    expect(text).not.toContain('has changed');
  });

  test('says that an app has changed since it was allowed, and how', () => {
    const page = pageOf({
      ...app,
      changed: {
        name: { name: 'Banque', language: 'fr' },
        left: [{ kind: 'https', raw: 'https://app.example/cb', host: 'app.example' }],
      },
    });
    const text = textOf(page);
    expect(text).toContain('“Gardening agent” [unverified] This app has changed since you allowed it.');
    expect(text).toContain('It now calls itself “Banque” [unverified].');
    expect(text).toContain('It no longer sends people to app.example.');
    expect(parse(page.html).querySelector('.callout bdi[lang=fr]')?.text).toBe('Banque');
  });

  test('displays every name under which an app was allowed', () => {
    const text = textOf(pageOf({ ...app, alsoApprovedAs: [{ name: 'Old name' }], isUnknown: true }));
    expect(text).toContain('You also allowed it under the name “Old name” [unverified].');
    expect(text).toContain('This app is no longer registered here.');
  });

  test('says that there are no connected apps', () => {
    expect(textOf(pageOf())).toContain('No app may act for you at Main.');
  });
});

describe('the sign-out page', () => {
  test('asks with a form', () => {
    const signedIn = { person, action: '/connect/sign-out', csrf: 'csrf-1', readingTime: 1_000 };
    const page = pages.signOut({ realmName: 'Main', signedIn });
    expect(textOf(page)).toContain('You are signed in as Ada Lovelace');
    expect(parse(page.html).querySelector('form')?.attributes).toEqual({
      method: 'post',
      action: '/connect/sign-out',
    });
  });

  test('says that no one is signed in', () => {
    const page = pages.signOut({ realmName: 'Main' });
    expect(textOf(page)).toContain('You are signed out');
    expect(parse(page.html).querySelector('form')).toBeNull();
  });

  test('says on a page with its own sign-in that other pages have theirs', () => {
    const page = pages.signOut({ realmName: 'Main', isOfOnePage: true });
    expect(textOf(page)).toContain('Nobody is signed in on this page.');
    expect(textOf(page)).toContain('has its own sign-in');
  });
});
