import type { ConnectedAppView, ConsentView, AuthorizationResponseView, Page } from '@vestibule/server';
import { parse } from 'node-html-parser';
import { describe, expect, test } from 'vitest';
import { createPages } from './pages.ts';

const NOW = Date.UTC(2026, 10, 28, 12, 0, 0);
const DAY = 86_400_000;
const pages = createPages();
const person = { subject: 's', name: 'Ada Lovelace' };
const [READ, WRITE] = [
  { name: 'notes:read', description: 'Read your notes' },
  { name: 'notes:write', description: 'Add notes' },
];

const textOf = ({ html }: Page): string =>
  (parse(html).querySelector('main')?.text ?? '').replaceAll(/\s+/g, ' ').trim();

const consent = (view: Partial<ConsentView> = {}): Page =>
  pages.consent({
    realmName: 'Main',
    action: '/connect/consent',
    interaction: 'tx-1',
    csrf: 'csrf-1',
    client: {
      name: 'App',
      issuedAt: NOW,
      destination: { kind: 'https', raw: 'https://app.example/cb', host: 'app.example' },
    },
    api: { name: 'Notes', resource: 'https://notes.example/mcp' },
    scopes: [READ],
    held: [],
    durations: ['until-revoked', 3_600, 86_400, 2_592_000],
    person,
    lasts: 604_800,
    switchPerson: '/connect/sign-in?transaction=tx-1',
    connectedApps: '/connect/apps',
    stale: false,
    readingTime: 1_000,
    now: NOW,
    ...view,
  });

/** The headings of the checkboxes, with the scopes under each and whether they are selected. */
const groups = ({ html }: Page) =>
  parse(html)
    .querySelectorAll('fieldset')
    .map((group) => [
      group.querySelector('legend')?.text,
      group
        .querySelectorAll('input[type=checkbox][name=scope]')
        .map(({ attributes }) => [attributes['value'], 'checked' in attributes]),
    ]);

describe('scopes on the consent page', () => {
  test.each<[string, Partial<ConsentView>, unknown]>([
    ['are all selected at first', {}, [['What this app will be able to do', [['notes:read', true]]]]],
    [
      'separate new ones from those already allowed',
      { scopes: [WRITE], held: [READ] },
      [
        ['New: what this app asks for now', [['notes:write', true]]],
        ['Already allowed', [['notes:read', true]]],
      ],
    ],
    [
      'have no group of new ones if none is new',
      { scopes: [], held: [READ] },
      [['Already allowed', [['notes:read', true]]]],
    ],
    [
      'are all unselected if none was selected',
      { nothingTicked: true },
      [['What this app will be able to do', [['notes:read', false]]]],
    ],
  ])('%s', (_, view, expected) => {
    expect(groups(consent(view))).toEqual(expected);
  });

  test('come with an alert if none was selected', () => {
    expect(parse(consent({ nothingTicked: true }).html).querySelector('[role=alert]')?.text).toContain(
      'You selected nothing, so nothing was decided.',
    );
  });

  test('are checkboxes labeled by their descriptions', () => {
    const label = parse(consent().html).querySelector('fieldset label');
    expect(label?.querySelector('input')?.getAttribute('value')).toBe('notes:read');
    expect(label?.text).toBe('Read your notes notes:read');
  });
});

describe('the duration of access', () => {
  const choices = ({ html }: Page) =>
    parse(html)
      .querySelectorAll('select#lasting option')
      .map(({ text, attributes }) => [attributes['value'], text]);

  test('is a choice whose first option is preselected', () => {
    const page = consent();
    expect(choices(page)).toEqual([
      ['until-revoked', 'Until you end it'],
      ['3600', 'For 1 hour'],
      ['86400', 'For 1 day'],
      ['2592000', 'For 30 days'],
    ]);
    expect(parse(page.html).querySelector('label[for=lasting]')?.text).toBe('For how long');
  });

  test.each([
    [5_400, 'For 90 minutes'],
    [90, 'For 90 seconds'],
    [7_200, 'For 2 hours'],
  ])('is exact to the second: %i', (duration, words) => {
    expect(choices(consent({ durations: ['until-revoked', duration] }))[1]?.[1]).toBe(words);
  });

  test('is stated if there is only one choice', () => {
    const page = consent({ durations: [3_600] });
    expect(choices(page)).toEqual([]);
    expect(parse(page.html).querySelector('input[type=hidden][name=lasting]')?.getAttribute('value')).toBe(
      '3600',
    );
    expect(textOf(page)).toContain('This access lasts 1 hour.');
  });
});

describe('the authorization response page with a form', () => {
  const posted = (location: string, view: Partial<AuthorizationResponseView> = {}): Page =>
    pages.handBack({
      realmName: 'Main',
      clientName: 'App',
      outcome: 'approved',
      destination: { kind: 'https', raw: location, host: 'app.example' },
      location,
      fields: { code: 'c', state: '"><script>', iss: 'https://id.example' },
      ...view,
    });

  test('posts the response to the client on a click', () => {
    const root = parse(posted('https://app.example/cb?x=1').html);
    expect(root.querySelector('form')?.attributes).toEqual({
      method: 'post',
      action: 'https://app.example/cb?x=1',
    });
    const fields = root
      .querySelectorAll('form input')
      .map(({ attributes }) => [attributes['name'], attributes['value']]);
    expect(fields).toEqual([
      ['code', 'c'],
      ['state', '"><script>'],
      ['iss', 'https://id.example'],
    ]);
    expect(root.querySelector('form button.primary')?.text).toBe('Continue to app.example');
    expect(root.querySelector('meta[http-equiv=refresh]')).toBeNull();
    expect(root.querySelector('script')).toBeNull();
  });

  test.each([
    ['https://app.example/cb?x=1', 'https://app.example/cb'],
    ['https://app.example:8443/a;b,c', 'https://app.example:8443/a%3Bb%2Cc'],
    ['http://127.0.0.1:4711/callback', 'http://127.0.0.1:4711/callback'],
    ['http://localhost:4711', 'http://localhost:4711/'],
  ])('may post only to the redirect URI: %s', (location, source) => {
    const policy = posted(location).headers['content-security-policy'] ?? '';
    expect(policy.split('; ').find((directive) => directive.startsWith('form-action'))).toBe(
      `form-action ${source}`,
    );
  });

  test('may post to the whole origin if the path is too long for a header', () => {
    const policy = posted(`https://app.example/${';'.repeat(1_000)}`).headers['content-security-policy'];
    expect(policy).toContain('form-action https://app.example;');
  });

  test('warns after a refused request', () => {
    const page = posted('https://app.example/cb', { outcome: 'refused' });
    expect(textOf(page)).toContain('Go there only if you know it.');
    expect(parse(page.html).querySelector('.primary')).toBeNull();
  });
});

describe('the authorization response page', () => {
  const handBack: AuthorizationResponseView = {
    realmName: 'Main',
    clientName: 'App',
    outcome: 'refused',
    destination: { kind: 'https', raw: 'https://app.example/cb', host: 'app.example' },
    location: 'https://app.example/cb?error=x',
  };

  test('redirects after a refused request if an operator chose the destination', () => {
    const refreshOf = (page: Page) => parse(page.html).querySelector('meta[http-equiv=refresh]');
    expect(refreshOf(pages.handBack({ ...handBack, leadsOn: true }))?.getAttribute('content')).toBe(
      '0;url=https://app.example/cb?error=x',
    );
    expect(refreshOf(pages.handBack(handBack))).toBeNull();
  });

  test('marks the language of the client name', () => {
    const page = pages.handBack({ ...handBack, clientName: 'Carnet', clientLanguage: 'fr' });
    expect(parse(page.html).querySelector('bdi[lang=fr]')?.text).toBe('Carnet');
  });

  test('says where the person can end the access', () => {
    const approved = pages.handBack({ ...handBack, outcome: 'approved', connectedApps: '/connect/apps' });
    expect(textOf(approved)).toContain('You can end this access at any time under Connected apps.');
    expect(parse(approved.html).querySelector('.fine a')?.getAttribute('href')).toBe('/connect/apps');
  });
});

describe('the sign-in page', () => {
  const form = { realmName: 'Main', action: '/connect/sign-in', csrf: 'csrf-1' };

  test('names no app if the person opened it without one', () => {
    const page = pages.signIn(form);
    expect(textOf(page)).toContain('Then you see which apps may act for you.');
    expect(textOf(page)).not.toContain('[unverified]');
    expect(parse(page.html).querySelector('input[name=interaction]')).toBeNull();
  });

  test('offers a signed-in person to continue', () => {
    const goOn = { name: 'Ada Lovelace', href: '/connect/consent?transaction=tx-1' };
    const link = parse(
      pages.signIn({ ...form, clientName: 'App', interaction: 'tx-1', goOn }).html,
    ).querySelector('a');
    expect([link?.text, link?.getAttribute('href')]).toEqual(['Continue as Ada Lovelace', goOn.href]);
  });

  test('says that the app asked for a new sign-in, and marks the language of the client name', () => {
    const page = pages.signIn({ ...form, clientName: 'Carnet', clientLanguage: 'fr', isAgain: true });
    expect(textOf(page)).toContain('This app asks you to sign in again.');
    expect(parse(page.html).querySelector('bdi[lang=fr]')?.text).toBe('Carnet');
  });
});

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
    expect(at(4711, NOW)).toContain('Allowed since November 28, 2026 at 12:00 PM UTC');
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
    expect(text).toContain('Add notes notes:write until November 28, 2026 at 1:00 PM UTC');
    expect(text).toContain('Allowed since November 19, 2026 at 12:00 PM UTC. Last used yesterday.');
    expect(text).toContain('Its access ends if it does not come back by December 5, 2026 at 12:00 PM UTC.');
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

  test('says that nobody is signed in', () => {
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
