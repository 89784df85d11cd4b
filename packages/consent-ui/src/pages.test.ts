import type { RedirectUri } from '@vestibule/core';
import { cite } from '@vestibule/requirements';
import type { ConsentView, HandBackView, Page, PageProblem, SignInView } from '@vestibule/server';
import { createHash } from 'node:crypto';
import { parse } from 'node-html-parser';
import { describe, expect, test } from 'vitest';
import { createPages } from './pages.ts';
import { PROBLEM_WORDS } from './problems.ts';

const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);
const pages = createPages();
const loopback: RedirectUri = {
  kind: 'loopback',
  raw: 'http://localhost:1/cb',
  host: 'localhost',
  target: '/cb',
};
const form = { action: '/connect/x', transaction: 'tx-1', csrf: 'csrf-1' };

const signIn: SignInView = { realmName: 'Main', clientName: 'App', ...form };
const consent: ConsentView = {
  realmName: 'Main',
  ...form,
  client: { name: 'Claude Code (notes)', issuedAt: NOW - 120_000, destination: loopback },
  api: { name: 'Notes', resource: 'https://notes.example/mcp' },
  scopes: [
    { name: 'notes:read', description: 'Read your notes' },
    { name: 'notes:write', description: 'Change your notes' },
  ],
  person: { subject: 's', name: 'Ada Lovelace' },
  lasts: 604_800,
  switchPerson: '/connect/sign-in?transaction=tx-1',
  held: [],
  durations: ['until-revoked', 3_600],
  connectedApps: '/connect/apps',
  stale: false,
  readingTime: 1_000,
  now: NOW,
};
const handBack: HandBackView = {
  realmName: 'Main',
  clientName: 'App',
  outcome: 'approved',
  destination: loopback,
  location: 'http://localhost:1/cb?code=c&state=s&iss=https%3A%2F%2Fid.example',
};

const textOf = ({ html }: Page): string =>
  (parse(html).querySelector('main')?.text ?? '').replaceAll(/\s+/g, ' ').trim();

describe('the consent page', () => {
  const text = textOf(pages.consent(consent));

  test(
    cite(
      'names the client as a claim that nobody checked',
      'vestibule:rules:unverified',
      'rfc7591:5:self-asserted',
      'rfc7591:5:recent',
      'mcp:localhost-redirect-uri-risks:warning',
    ),
    () => {
      expect(text).toContain('“Claude Code (notes)” [unverified] asks to use Notes');
      expect(text).toContain(
        'Nobody has checked who this is. Anyone can take that name. The app introduced itself 2 minutes ago.',
      );
    },
  );

  test(
    cite('says what is certain: destination, person and API', 'mcp:localhost-redirect-uri-risks:host'),
    () => {
      expect(text).toContain('You will be sent to localhost an app on this computer');
      expect(text).toContain('It will act as Ada Lovelace');
      expect(text).toContain('It will reach Notes https://notes.example/mcp');
    },
  );

  test('lists every scope in words and by name', () => {
    const items = parse(pages.consent(consent).html)
      .querySelectorAll('li')
      .map((item) => item.text);
    expect(items).toEqual(['Read your notes notes:read', 'Change your notes notes:write']);
  });

  test('posts home, and both answers are buttons of the same form', () => {
    const html = parse(pages.consent(consent).html);
    expect(html.querySelectorAll('form')).toHaveLength(1);
    expect(html.querySelector('form')?.attributes).toMatchObject({ method: 'post', action: '/connect/x' });
    expect(
      html.querySelectorAll('button').map(({ attributes }) => [attributes['name'], attributes['value']]),
    ).toEqual([
      ['decision', 'deny'],
      ['decision', 'approve'],
    ]);
    const hidden = html
      .querySelectorAll('input[type=hidden]')
      .map(({ attributes }) => [attributes['name'], attributes['value']]);
    expect(hidden).toEqual([
      ['transaction', 'tx-1'],
      ['csrf', 'csrf-1'],
    ]);
  });

  test.each([
    [604_800, 'every 7 days.'],
    [86_400, 'every day.'],
    [900, 'every 15 minutes.'],
    [30, 'every 30 seconds.'],
  ])('tells how long %i seconds are', (lasts, words) => {
    expect(textOf(pages.consent({ ...consent, lasts }))).toContain(
      `It keeps this access while it comes back at least ${words}`,
    );
  });

  test('says so where what was posted was out of date', () => {
    expect(textOf(pages.consent({ ...consent, stale: true }))).toContain(
      'nothing was decided. Please look again.',
    );
  });

  test.each<[RedirectUri, string]>([
    [loopback, 'localhost an app on this computer'],
    [{ ...loopback, host: '[::1]' }, '[::1] an app on this computer'],
    [{ kind: 'https', raw: '', host: 'claude.ai' }, 'claude.ai a website'],
    [{ kind: 'https', raw: '', host: 'xn--pple-43d.example' }, 'xn--pple-43d.example a website'],
    [
      { kind: 'private-use', raw: '', scheme: 'cursor' },
      'cursor: whichever app on this device opens cursor: links',
    ],
  ])(cite('puts %j into words', 'mcp:localhost-redirect-uri-risks:host'), (destination, words) => {
    expect(textOf(pages.consent({ ...consent, client: { ...consent.client, destination } }))).toContain(
      words,
    );
  });

  test.each([
    [0, 'just now'],
    [-5_000, 'just now'],
    [59_000, 'just now'],
    [60_000, '1 minute ago'],
    [7_200_000, '2 hours ago'],
    [86_400_000, 'yesterday'],
    [40 * 86_400_000, 'last month'],
    [800 * 86_400_000, '2 years ago'],
  ])(cite('tells how long ago %i ms is', 'rfc7591:5:recent'), (age, words) => {
    const page = pages.consent({ ...consent, client: { ...consent.client, issuedAt: NOW - age } });
    expect(textOf(page)).toContain(`introduced itself ${words}. Approve only`);
  });
});

describe('the sign-in page', () => {
  test('lets password managers and screen readers know what is what', () => {
    const html = parse(pages.signIn(signIn).html);
    for (const [id, autocomplete] of [
      ['username', 'username'],
      ['password', 'current-password'],
    ] as const) {
      expect(html.querySelector(`#${id}`)?.attributes).toMatchObject({ name: id, autocomplete });
      expect(html.querySelector(`label[for=${id}]`)).not.toBeNull();
    }
    expect(html.querySelector('title')?.text).toBe('Sign in to Main');
    expect(textOf(pages.signIn(signIn))).toContain('“App” [unverified]');
  });

  test.each<[SignInView['failure'], string]>([
    [{ kind: 'credentials' }, 'That username and password don’t match.'],
    [{ kind: 'limited', retryAfter: 61 }, 'Too many attempts. Please wait 2 minutes'],
    [{ kind: 'limited', retryAfter: 1 }, 'Too many attempts. Please wait a minute'],
    [{ kind: 'busy', retryAfter: 5 }, 'your password was not looked at. Please try again in a few seconds'],
  ])('says that it did not work, and keeps the name but no password: %j', (failure, words) => {
    const html = parse(pages.signIn({ ...signIn, username: 'ada', ...(failure && { failure }) }).html);
    expect(html.querySelector('[role=alert]')?.text).toContain(words);
    expect(html.querySelector('title')?.text).toBe('Not signed in: Sign in to Main');
    expect(html.querySelector('#username')?.getAttribute('value')).toBe('ada');
    expect(html.querySelector('#password')?.hasAttribute('value')).toBe(false);
  });
});

describe('the last page', () => {
  test.each<[HandBackView['outcome'], string]>([
    ['approved', 'Approved'],
    ['denied', 'Denied'],
  ])('leads on by itself and by hand: %s', (outcome, heading) => {
    const html = parse(pages.handBack({ ...handBack, outcome }).html);
    expect(html.querySelector('h1')?.text).toBe(heading);
    expect(html.querySelector('meta[http-equiv=refresh]')?.getAttribute('content')).toBe(
      `0;url=${handBack.location}`,
    );
    expect(html.querySelector('a.primary')?.attributes).toMatchObject({
      href: handBack.location,
      rel: 'noreferrer',
    });
    expect(html.text).toContain('“App” [unverified]');
  });

  test.each<[string, HandBackView['destination'], Partial<HandBackView>]>([
    ['a website', { kind: 'https', raw: 'https://app.example/cb', host: 'app.example' }, {}],
    [
      'a website that takes a form',
      { kind: 'https', raw: 'https://app.example/cb', host: 'app.example' },
      { fields: { error: 'access_denied' }, location: 'https://app.example/cb' },
    ],
    ['an app', { kind: 'private-use', raw: 'app:/cb', scheme: 'app' }, {}],
    [
      'a website that somebody verified',
      { kind: 'https', raw: 'https://app.example/cb', host: 'app.example' },
      { verifiedBy: 'Guild' },
    ],
  ])('leads on by a click alone after a denial: %s', (_, destination, more) => {
    const page = pages.handBack({ ...handBack, outcome: 'denied', destination, ...more });
    const html = parse(page.html);
    expect(html.querySelector('meta[http-equiv=refresh]')).toBeNull();
    expect(html.querySelectorAll('a.button, form button')).toHaveLength(1);
    expect(html.querySelector('.primary')).toBeNull();
    expect(textOf(page)).toContain('You can close this page. If you want the app to learn that you said no');
    expect(textOf(page)).not.toContain('You are being sent');
  });

  test('leads on by itself after a denial where an operator chose the destination', () => {
    const destination = { kind: 'https', raw: 'https://app.example/cb', host: 'app.example' } as const;
    const page = pages.handBack({ ...handBack, outcome: 'denied', destination, leadsOn: true });
    expect(parse(page.html).querySelector('meta[http-equiv=refresh]')).not.toBeNull();
  });

  test(
    cite(
      'leads on by hand alone where nobody decided, and says why',
      'oauth2.1:7.12.2:untrusted',
      'mcp:open-redirection:trusted',
    ),
    () => {
      const page = pages.handBack({ ...handBack, outcome: 'refused', detail: 'invalid_scope: none of them' });
      const html = parse(page.html);
      expect(html.querySelector('meta[http-equiv=refresh]')).toBeNull();
      expect(html.querySelector('a.primary')).toBeNull();
      expect(html.querySelector('a.button')?.attributes).toMatchObject({ href: handBack.location });
      expect(textOf(page)).toContain('Go there only if you know it.');
      expect(textOf(page)).toContain('invalid_scope: none of them');
    },
  );
});

test('the page that stands for a long redirect leads on by itself and by a link, and has no script', () => {
  const location = `/connect/authorize?state=${'s'.repeat(3_000)}#`;
  const html = parse(pages.onward({ realmName: 'Main', location }).html);
  const refresh = html.querySelector('meta[http-equiv=refresh]')?.getAttribute('content');
  expect([refresh, html.querySelector('a.primary')?.getAttribute('href')]).toEqual([
    `0;url=${location}`,
    location,
  ]);
  expect(html.querySelectorAll('script, form')).toEqual([]);
});

test.each(Object.keys(PROBLEM_WORDS) as PageProblem[])('a page of words for %s', (problem) => {
  const page = pages.problem({ realmName: 'Main', problem, detail: 'redirect_uri is missing' });
  const { heading, explanation, advice, isForgetting = false } = PROBLEM_WORDS[problem];
  const text = textOf(page);
  expect(text.startsWith(`Main ${heading} ${explanation} ${advice}`)).toBe(true);
  expect(text.endsWith('For the app’s developers: redirect_uri is missing')).toBe(true);
  expect(text.includes('How to do that, by app')).toBe(isForgetting);
  expect(parse(page.html).querySelector('meta[http-equiv=refresh]')).toBeNull();
});

describe('every page', () => {
  const nasty = `"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;b&gt;{{7*7}}<%= 1 %>\u202Ex`;
  const all: [string, Page][] = [
    [
      'sign-in',
      pages.signIn({
        ...signIn,
        realmName: nasty,
        clientName: nasty,
        username: nasty,
        csrf: nasty,
        transaction: nasty,
        action: nasty,
      }),
    ],
    [
      'consent',
      pages.consent({
        ...consent,
        realmName: nasty,
        csrf: nasty,
        client: { ...consent.client, name: nasty, destination: { kind: 'https', raw: nasty, host: nasty } },
        api: { name: nasty, resource: nasty },
        scopes: [{ name: nasty, description: nasty }],
        held: [{ name: nasty, description: nasty }],
        connectedApps: nasty,
        person: { subject: nasty, name: nasty },
        switchPerson: nasty,
      }),
    ],
    [
      'consent to what is vouched for, and slept',
      pages.consent({
        ...consent,
        client: { ...consent.client, language: nasty, verifiedBy: nasty, asleepSince: NOW },
      }),
    ],
    [
      'consent to what claims to be somebody',
      pages.consent({ ...consent, client: { ...consent.client, claimsToBe: nasty } }),
    ],
    ['hand-back', pages.handBack({ ...handBack, realmName: nasty, clientName: nasty, location: nasty })],
    [
      'hand-back with a form',
      pages.handBack({ ...handBack, location: 'https://app.example/cb', fields: { [nasty]: nasty } }),
    ],
    [
      'connected apps',
      pages.connectedApps({
        realmName: nasty,
        person: { subject: nasty, name: nasty },
        signOut: nasty,
        now: NOW,
        readingTime: 1_000,
        accessTokenLifetime: 900,
        ended: { name: nasty, language: nasty, verifiedBy: nasty, hadAccess: true },
        apps: [
          {
            clientId: nasty,
            name: nasty,
            language: nasty,
            verifiedBy: nasty,
            action: nasty,
            csrf: nasty,
            since: NOW,
            expiresAt: NOW,
            alsoApprovedAs: [{ name: nasty, language: nasty, verifiedBy: nasty }],
            destinations: [{ kind: 'private-use', raw: nasty, scheme: nasty, authority: nasty }],
            changed: {
              name: { name: nasty, language: nasty },
              left: [{ kind: 'https', raw: nasty, host: nasty }],
            },
            access: [
              { api: { name: nasty, resource: nasty }, scopes: [{ name: nasty, description: nasty }] },
            ],
          },
        ],
      }),
    ],
    [
      'sign-out',
      pages.signOut({
        realmName: nasty,
        signedIn: { person: { subject: nasty, name: nasty }, action: nasty, csrf: nasty, readingTime: 1_000 },
      }),
    ],
    ['onward', pages.onward({ realmName: nasty, location: nasty })],
    ['hand-back of what is vouched for', pages.handBack({ ...handBack, verifiedBy: nasty })],
    ['problem', pages.problem({ realmName: nasty, problem: 'server-error', detail: nasty })],
    [
      'problem with advice',
      pages.problem({ realmName: nasty, problem: 'client-unknown', app: { name: 'Cursor' } }),
    ],
    ['rules', pages.rules({ realmName: 'Main', rules: [{ id: nasty, source: nasty, asks: nasty }] })],
  ];

  test.each(all)(
    cite(
      '%s shows a stranger’s text as text',
      'rfc7591:5:pages-not-linked',
      'rfc6749:10.14:injection',
      'rfc9700:4.2.4:nothing-foreign',
    ),
    (_, { html }) => {
      const root = parse(html);
      expect(root.querySelectorAll('script, img, b, iframe, object, embed, link')).toEqual([]);
      expect(html).toContain('{{7*7}}&lt;%= 1 %&gt;');
      const attributes = root.querySelectorAll('*').flatMap((element) => Object.keys(element.attributes));
      expect(
        attributes.filter((name) => name.startsWith('on') || name === 'style' || name === 'src'),
      ).toEqual([]);
    },
  );

  test.each(all)(
    cite(
      '%s forbids scripts, frames, foreign forms and whatever is not its own style',
      'rfc6749:10.13:frames',
      'oauth2.1:7.10:frames',
      'rfc9700:4.16:frames',
      'rfc9700:4.2.4:no-referrer',
      'rfc9700:4.2.4:nothing-foreign',
    ),
    (_, { html, headers }) => {
      const style = parse(html).querySelector('style')?.text ?? '';
      const hash = createHash('sha256').update(style).digest('base64');
      const target = html.includes('action="https:') ? 'https://app.example/cb' : `'self'`;
      expect(headers['content-security-policy']).toBe(
        `default-src 'none'; style-src 'sha256-${hash}'; form-action ${target}; base-uri 'none'; frame-ancestors 'none'`,
      );
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers).not.toHaveProperty('cross-origin-opener-policy');
    },
  );

  test.each(all)('%s has a language, a title, one heading and one main', (_, { html }) => {
    const root = parse(html);
    expect(root.querySelector('html')?.getAttribute('lang')).toBe('en');
    expect(root.querySelector('title')?.text).not.toBe('');
    expect(root.querySelectorAll('h1')).toHaveLength(1);
    expect(root.querySelectorAll('main')).toHaveLength(1);
  });
});

describe('buttons that come late', () => {
  const signOut = (readingTime: number) =>
    pages.signOut({
      realmName: 'Main',
      signedIn: {
        person: { subject: 's', name: 'Ada' },
        action: '/x',
        csrf: 'x',
        readingTime,
        tooSoon: true,
      },
    });
  const stylesOf = ({ html }: Page) =>
    parse(html)
      .querySelectorAll('style')
      .map(({ textContent }) => textContent);
  const sourceOf = (style: string): string =>
    `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

  test.each([0, 500, 1_000])('come after a second where the server wants %i ms', (readingTime) => {
    const [style = '', ...more] = stylesOf(signOut(readingTime));
    expect([style.includes('--reading:1000ms'), more]).toEqual([true, []]);
  });

  test('come later where the server wants more, and the policy allows that style alone besides', () => {
    const page = signOut(2_500);
    const [style = '', ...more] = stylesOf(page);
    expect(more).toEqual([':root{--reading:2500ms}']);
    expect(page.headers['content-security-policy']).toContain(
      `style-src ${sourceOf(style)} ${sourceOf(':root{--reading:2500ms}')};`,
    );
  });

  test('are told of where a click came before them', () => {
    expect(parse(signOut(0).html).querySelector('[role=alert]')?.text).toContain('you are still signed in');
  });
});

test('no page opens scrolled to a place of a stranger’s choice', () => {
  expect(pages.problem({ realmName: 'Main', problem: 'not-found' }).headers['document-policy']).toBe(
    'force-load-at-top',
  );
});

test('the list of rules opens where a link into it leads', () => {
  expect(pages.rules({ realmName: 'Main', rules: [] }).headers).not.toHaveProperty('document-policy');
});
