import type { ConnectedAppView, ConsentView, HandBackView, Page } from '@vestibule/server';
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
    transaction: 'tx-1',
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

/** The headings of what can be ticked, with what stands under each and whether it is ticked. */
const groups = ({ html }: Page) =>
  parse(html)
    .querySelectorAll('fieldset')
    .map((group) => [
      group.querySelector('legend')?.text,
      group
        .querySelectorAll('input[type=checkbox][name=scope]')
        .map(({ attributes }) => [attributes['value'], 'checked' in attributes]),
    ]);

describe('what a person may tick', () => {
  test.each<[string, Partial<ConsentView>, unknown]>([
    ['all of it at first', {}, [['What it will be able to do there', [['notes:read', true]]]]],
    [
      'what is new apart from what is allowed already',
      { scopes: [WRITE], held: [READ] },
      [
        ['New: what it asks for now', [['notes:write', true]]],
        ['Already allowed', [['notes:read', true]]],
      ],
    ],
    [
      'nothing new, where nothing is',
      { scopes: [], held: [READ] },
      [['Already allowed', [['notes:read', true]]]],
    ],
    [
      'and nothing is ticked where nothing was',
      { nothingTicked: true },
      [['What it will be able to do there', [['notes:read', false]]]],
    ],
  ])('%s', (_, view, expected) => {
    expect(groups(consent(view))).toEqual(expected);
  });

  test('says so where nothing was ticked', () => {
    expect(parse(consent({ nothingTicked: true }).html).querySelector('[role=alert]')?.text).toContain(
      'Nothing was ticked, so nothing was decided.',
    );
  });

  test('each box has its words as its label', () => {
    const label = parse(consent().html).querySelector('fieldset label');
    expect(label?.querySelector('input')?.getAttribute('value')).toBe('notes:read');
    expect(label?.text).toBe('Read your notes notes:read');
  });
});

describe('for how long', () => {
  const choices = ({ html }: Page) =>
    parse(html)
      .querySelectorAll('select#lasting option')
      .map(({ text, attributes }) => [attributes['value'], text]);

  test('is a choice, of which the first is made', () => {
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
  ])('is said to the second: %i', (duration, words) => {
    expect(choices(consent({ durations: ['until-revoked', duration] }))[1]?.[1]).toBe(words);
  });

  test('is said and not asked where there is one alone', () => {
    const page = consent({ durations: [3_600] });
    expect(choices(page)).toEqual([]);
    expect(parse(page.html).querySelector('input[type=hidden][name=lasting]')?.getAttribute('value')).toBe(
      '3600',
    );
    expect(textOf(page)).toContain('For how long: For 1 hour');
  });
});

describe('the last page, with a form', () => {
  const posted = (location: string, view: Partial<HandBackView> = {}): Page =>
    pages.handBack({
      realmName: 'Main',
      clientName: 'App',
      outcome: 'approved',
      destination: { kind: 'https', raw: location, host: 'app.example' },
      location,
      fields: { code: 'c', state: '"><script>', iss: 'https://id.example' },
      ...view,
    });

  test('posts the answer to the client, by hand', () => {
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
  ])('may post there and nowhere else: %s', (location, source) => {
    const policy = posted(location).headers['content-security-policy'] ?? '';
    expect(policy.split('; ').find((directive) => directive.startsWith('form-action'))).toBe(
      `form-action ${source}`,
    );
  });

  test('may post to the whole origin where the path is too long for a header', () => {
    const policy = posted(`https://app.example/${';'.repeat(1_000)}`).headers['content-security-policy'];
    expect(policy).toContain('form-action https://app.example;');
  });

  test('warns where nobody decided', () => {
    const page = posted('https://app.example/cb', { outcome: 'refused' });
    expect(textOf(page)).toContain('Go there only if you know it.');
    expect(parse(page.html).querySelector('.primary')).toBeNull();
  });
});

describe('the last page', () => {
  const handBack: HandBackView = {
    realmName: 'Main',
    clientName: 'App',
    outcome: 'refused',
    destination: { kind: 'https', raw: 'https://app.example/cb', host: 'app.example' },
    location: 'https://app.example/cb?error=x',
  };

  test('leads on by itself to a place that an operator chose, though nobody decided', () => {
    const refreshOf = (page: Page) => parse(page.html).querySelector('meta[http-equiv=refresh]');
    expect(refreshOf(pages.handBack({ ...handBack, leadsOn: true }))?.getAttribute('content')).toBe(
      '0;url=https://app.example/cb?error=x',
    );
    expect(refreshOf(pages.handBack(handBack))).toBeNull();
  });

  test('marks the language of a name', () => {
    const page = pages.handBack({ ...handBack, clientName: 'Carnet', clientLanguage: 'fr' });
    expect(parse(page.html).querySelector('bdi[lang=fr]')?.text).toBe('Carnet');
  });

  test('says where the person ends what they allowed', () => {
    const approved = pages.handBack({ ...handBack, outcome: 'approved', connectedApps: '/connect/apps' });
    expect(textOf(approved)).toContain('You can end this access at any time under Connected apps.');
    expect(parse(approved.html).querySelector('.fine a')?.getAttribute('href')).toBe('/connect/apps');
  });
});

describe('the sign-in page', () => {
  const form = { realmName: 'Main', action: '/connect/sign-in', csrf: 'csrf-1' };

  test('for a person who came by themselves names no app', () => {
    const page = pages.signIn(form);
    expect(textOf(page)).toContain('to see which apps may act for you.');
    expect(textOf(page)).not.toContain('[unverified]');
    expect(parse(page.html).querySelector('input[name=transaction]')).toBeNull();
  });

  test('lets whoever is signed in go on', () => {
    const goOn = { name: 'Ada Lovelace', href: '/connect/consent?transaction=tx-1' };
    const link = parse(
      pages.signIn({ ...form, clientName: 'App', transaction: 'tx-1', goOn }).html,
    ).querySelector('a');
    expect([link?.text, link?.getAttribute('href')]).toEqual(['Go on as Ada Lovelace', goOn.href]);
  });

  test('says why, where it has to be done again, and marks the language of a name', () => {
    const page = pages.signIn({ ...form, clientName: 'Carnet', clientLanguage: 'fr', isAgain: true });
    expect(textOf(page)).toContain('The app asks that you sign in anew.');
    expect(parse(page.html).querySelector('bdi[lang=fr]')?.text).toBe('Carnet');
  });
});

describe('connected apps', () => {
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
  const shown = (...apps: ConnectedAppView[]): Page => pages.connectedApps({ ...frame, apps });

  test('says that access was ended, and for how long what an app was given last may still work', () => {
    for (const [hadAccess, words] of [
      [true, '“Gardening agent” [unverified] no longer has access.'],
      [false, '“Gardening agent” [unverified] had no access any more: it had ended before.'],
    ] as const) {
      const page = pages.connectedApps({ ...frame, apps: [], ended: { name: 'Gardening agent', hadAccess } });
      const status = parse(page.html).querySelector('[role=status]')?.text.replaceAll(/\s+/g, ' ');
      expect(status).toContain(words);
      expect(status).toContain('does not ask here whether access has ended, for 15 minutes at most.');
      expect(parse(page.html).querySelector('title')?.text).toMatch(/^Ended: /);
    }
    expect(parse(shown(app).html).querySelector('[role=status]')).toBeNull();
  });

  test('says before access is ended for how long what an app was given last may still work', () => {
    expect(textOf(shown(app))).toContain('for 15 minutes at most');
  });

  test('tells two apps of one name apart by the minute they were allowed and by their ports', () => {
    const at = (port: number, since: number): string =>
      textOf(
        shown({
          ...app,
          since,
          destinations: [
            { kind: 'loopback', raw: `http://127.0.0.1:${port}/cb`, host: '127.0.0.1', target: '/cb' },
          ],
        }),
      );
    expect(at(4711, NOW)).toContain('Since November 28, 2026 at 12:00 PM UTC');
    expect(at(4711, NOW)).not.toBe(at(4712, NOW));
    expect(at(4711, NOW)).not.toBe(at(4711, NOW + 60_000));
  });

  test('has no place that a fragment of an address could scroll to', () => {
    const page = pages.connectedApps({ ...frame, apps: [app, app], ended: { hadAccess: true } });
    expect(parse(page.html).querySelectorAll('[id], a[name]')).toEqual([]);
  });

  test('says what each may do, since when, when it was last used, and until when', () => {
    const text = textOf(shown(app));
    expect(text).toContain('“Gardening agent” [unverified] Notes https://notes.example/mcp');
    expect(text).toContain('Read your notes notes:read');
    expect(text).toContain('Add notes notes:write until November 28, 2026 at 1:00 PM UTC');
    expect(text).toContain('Since November 19, 2026 at 12:00 PM UTC. Last used yesterday.');
    expect(text).toContain('Ends by itself if it does not come back by December 5, 2026 at 12:00 PM UTC.');
  });

  test('says nothing of coming back where all of it ends anyway', () => {
    const [access] = app.access;
    const ending = access && { ...access, scopes: [{ ...READ, endsAt: NOW + DAY }] };
    expect(textOf(shown({ ...app, expiresAt: NOW + DAY, access: ending ? [ending] : [] }))).not.toContain(
      'by itself',
    );
  });

  test('each has a form of its own, which is told from the others', () => {
    const root = parse(shown(app, { ...app, clientId: 'dyn-2', name: 'Other' }).html);
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

  test('names who vouches, and says so where nobody knows the app any more', () => {
    const { name: _, ...nameless } = app;
    expect(textOf(shown({ ...app, verifiedBy: 'The Guild' }))).toContain('[verified by The Guild]');
    expect(textOf(shown(nameless))).toContain('An app that is not known here any more');
  });

  test('displays where the person was sent when they allowed an app, with the port of an app on this computer', () => {
    const text = textOf(
      shown({
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
    const page = shown({
      ...app,
      changed: {
        name: { name: 'Banque', language: 'fr' },
        left: [{ kind: 'https', raw: 'https://app.example/cb', host: 'app.example' }],
      },
    });
    const text = textOf(page);
    expect(text).toContain('“Gardening agent” [unverified] This app has changed since you allowed it.');
    expect(text).toContain('It now calls itself “Banque” [unverified].');
    expect(text).toContain('It no longer uses app.example.');
    expect(parse(page.html).querySelector('.callout bdi[lang=fr]')?.text).toBe('Banque');
  });

  test('displays each name under which an app was allowed', () => {
    const text = textOf(shown({ ...app, alsoApprovedAs: [{ name: 'Old name' }], isUnknown: true }));
    expect(text).toContain('You also allowed it as “Old name” [unverified].');
    expect(text).toContain('This app is not known here any more.');
  });

  test('says so where there is none', () => {
    expect(textOf(shown())).toContain('There is none at present.');
  });
});

describe('signing out', () => {
  test('asks, by a form', () => {
    const signedIn = { person, action: '/connect/sign-out', csrf: 'csrf-1', readingTime: 1_000 };
    const page = pages.signOut({ realmName: 'Main', signedIn });
    expect(textOf(page)).toContain('You are signed in as Ada Lovelace');
    expect(parse(page.html).querySelector('form')?.attributes).toEqual({
      method: 'post',
      action: '/connect/sign-out',
    });
  });

  test('says when it is done', () => {
    const page = pages.signOut({ realmName: 'Main' });
    expect(textOf(page)).toContain('You are signed out');
    expect(parse(page.html).querySelector('form')).toBeNull();
  });

  test('says of one page alone what it cannot say of the others', () => {
    const page = pages.signOut({ realmName: 'Main', isOfOnePage: true });
    expect(textOf(page)).toContain('Nobody is signed in on this page.');
    expect(textOf(page)).toContain('has a sign-in of its own');
  });
});
