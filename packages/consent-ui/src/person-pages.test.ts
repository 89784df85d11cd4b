import type { ConsentView, AuthorizationResponseView, Page } from '@vestibule/server';
import { NOW } from '@vestibule/testing/now';
import { parse } from 'node-html-parser';
import { describe, expect, test } from 'vitest';
import { createPages } from './pages.ts';
import { textOf } from '../test/text-of.ts';

const pages = createPages();
const person = { subject: 's', name: 'Ada Lovelace' };
const [READ, WRITE] = [
  { name: 'notes:read', description: 'Read your notes' },
  { name: 'notes:write', description: 'Add notes' },
];

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
    expect(parse(page.html).querySelector('input[name=transaction]')).toBeNull();
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

describe('the page for a person who may not let apps use an API', () => {
  const page = pages.notAllowed({
    realmName: 'Main',
    api: { name: 'Notes <b>', resource: 'https://notes.example/mcp' },
    person,
    switchPerson: '/connect/sign-in?transaction=tx-1&switch=true',
    action: '/connect/consent',
    interaction: 'tx-1',
    csrf: 'csrf-1',
  });
  const html = parse(page.html);

  test('says who is signed in, what they may not do, and whom to ask', () => {
    expect(html.querySelector('h1')?.text).toBe('Your account cannot connect apps to Notes <b>');
    expect(textOf(page)).toContain('You are signed in as Ada Lovelace.');
    expect(textOf(page)).toContain('ask the people who run Main');
  });

  test('leads to another account, and has a form that only goes back', () => {
    expect(html.querySelector('a.primary')?.getAttribute('href')).toContain('switch=true');
    const fields = html.querySelectorAll('form [name]').map(({ attributes }) => attributes['name']);
    expect(fields).toEqual(['transaction', 'csrf']);
  });
});
