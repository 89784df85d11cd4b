import type { RedirectUri } from '@vestibule/core';
import { cite } from '@vestibule/requirements';
import type {
  ConsentView,
  AuthorizationResponseView,
  Page,
  PageProblem,
  SignInView,
} from '@vestibule/server';
import { NOW } from '@vestibule/testing/now';
import { createHash } from 'node:crypto';
import { parse } from 'node-html-parser';
import { describe, expect, test } from 'vitest';
import { samplePages } from '../test/sample-pages.ts';
import { createPages } from './pages.ts';
import { en } from './messages/en.ts';
import { textOf } from '../test/text-of.ts';

const pages = createPages();
const loopback: RedirectUri = {
  kind: 'loopback',
  raw: 'http://localhost:1/cb',
  host: 'localhost',
  target: '/cb',
};
const form = { action: '/connect/x', interaction: 'tx-1', csrf: 'csrf-1' };

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
const handBack: AuthorizationResponseView = {
  realmName: 'Main',
  clientName: 'App',
  outcome: 'approved',
  destination: loopback,
  location: 'http://localhost:1/cb?code=c&state=s&iss=https%3A%2F%2Fid.example',
};

describe('the consent page', () => {
  const text = textOf(pages.consent(consent));

  test(
    cite(
      'displays the name of the client as an unverified claim',
      'vestibule:rules:unverified',
      'rfc7591:5:self-asserted',
      'rfc7591:5:recent',
      'mcp:localhost-redirect-uri-risks:warning',
    ),
    () => {
      expect(text).toContain('“Claude Code (notes)” [unverified] asks to use Notes');
      expect(text).toContain(
        'Nobody has checked who made this app. Anyone can use this name. This app registered here 2 minutes ago.',
      );
    },
  );

  test(
    cite('states the destination, the person and the API as facts', 'mcp:localhost-redirect-uri-risks:host'),
    () => {
      expect(text).toContain('You will be sent to localhost an app on this computer');
      expect(text).toContain('This app will act as Ada Lovelace');
      expect(text).toContain('This app will use Notes https://notes.example/mcp');
    },
  );

  test('lists every scope with its description and its name', () => {
    const items = parse(pages.consent(consent).html)
      .querySelectorAll('li')
      .map((item) => item.text);
    expect(items).toEqual(['Read your notes notes:read', 'Change your notes notes:write']);
  });

  test('has one form with both decisions as buttons', () => {
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
    [604_800, '7 days'],
    [86_400, '1 day'],
    [900, '15 minutes'],
    [30, '30 seconds'],
  ])('says after which absence access is lost: %i seconds are %s', (lasts, words) => {
    expect(textOf(pages.consent({ ...consent, lasts }))).toContain(
      `This app loses its access if it does not come back for ${words}.`,
    );
  });

  test('says that the posted form was out of date', () => {
    expect(textOf(pages.consent({ ...consent, stale: true }))).toContain(
      'nothing was decided. Please read this one and decide again.',
    );
  });

  test.each<[RedirectUri, string]>([
    [loopback, 'localhost an app on this computer'],
    [{ ...loopback, host: '[::1]' }, '[::1] an app on this computer'],
    [{ kind: 'https', raw: '', host: 'claude.ai' }, 'claude.ai a website'],
    [{ kind: 'https', raw: '', host: 'xn--pple-43d.example' }, 'xn--pple-43d.example a website'],
    [
      { kind: 'private-use', raw: '', scheme: 'cursor' },
      'cursor: an app on this device that opens cursor: links',
    ],
  ])(
    cite('describes the destination %j as %s', 'mcp:localhost-redirect-uri-risks:host'),
    (destination, words) => {
      expect(textOf(pages.consent({ ...consent, client: { ...consent.client, destination } }))).toContain(
        words,
      );
    },
  );

  test.each([
    [0, 'just now'],
    [-5_000, 'just now'],
    [59_000, 'just now'],
    [60_000, '1 minute ago'],
    [7_200_000, '2 hours ago'],
    [86_400_000, 'yesterday'],
    [40 * 86_400_000, 'last month'],
    [800 * 86_400_000, '2 years ago'],
  ])(cite('says that a client of %i ms age registered %s', 'rfc7591:5:recent'), (age, words) => {
    const page = pages.consent({ ...consent, client: { ...consent.client, issuedAt: NOW - age } });
    expect(textOf(page)).toContain(`This app registered here ${words}. Approve only`);
  });
});

describe('the sign-in page', () => {
  test('labels its fields for password managers and screen readers', () => {
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
    [{ kind: 'busy', retryAfter: 5 }, 'your password was not checked. Please try again in a few seconds'],
  ])('says why the sign-in failed, and keeps the username but not the password: %j', (failure, words) => {
    const html = parse(pages.signIn({ ...signIn, username: 'ada', ...(failure && { failure }) }).html);
    expect(html.querySelector('[role=alert]')?.text).toContain(words);
    expect(html.querySelector('title')?.text).toBe('Not signed in: Sign in to Main');
    expect(html.querySelector('#username')?.getAttribute('value')).toBe('ada');
    expect(html.querySelector('#password')?.hasAttribute('value')).toBe(false);
  });
});

describe('the authorization response page', () => {
  test.each<[AuthorizationResponseView['outcome'], string]>([
    ['approved', 'Approved'],
    ['denied', 'Denied'],
  ])('redirects to a loopback address and has a link to it: %s', (outcome, heading) => {
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

  test.each<[string, AuthorizationResponseView['destination'], Partial<AuthorizationResponseView>]>([
    ['a website', { kind: 'https', raw: 'https://app.example/cb', host: 'app.example' }, {}],
    [
      'a website that takes a form',
      { kind: 'https', raw: 'https://app.example/cb', host: 'app.example' },
      { fields: { error: 'access_denied' }, location: 'https://app.example/cb' },
    ],
    ['an app', { kind: 'private-use', raw: 'app:/cb', scheme: 'app' }, {}],
    [
      'a verified website',
      { kind: 'https', raw: 'https://app.example/cb', host: 'app.example' },
      { verifiedBy: 'Guild' },
    ],
  ])('has a link but no redirect after a denial: %s', (_, destination, more) => {
    const page = pages.handBack({ ...handBack, outcome: 'denied', destination, ...more });
    const html = parse(page.html);
    expect(html.querySelector('meta[http-equiv=refresh]')).toBeNull();
    expect(html.querySelectorAll('a.button, form button')).toHaveLength(1);
    expect(html.querySelector('.primary')).toBeNull();
    expect(textOf(page)).toContain('You can close this page. To tell the app that you said no');
    expect(textOf(page)).not.toContain('You are being sent');
  });

  test('redirects after a denial if an operator chose the destination', () => {
    const destination = { kind: 'https', raw: 'https://app.example/cb', host: 'app.example' } as const;
    const page = pages.handBack({ ...handBack, outcome: 'denied', destination, leadsOn: true });
    expect(parse(page.html).querySelector('meta[http-equiv=refresh]')).not.toBeNull();
  });

  test(
    cite(
      'has a link but no redirect after a refused request, and says why',
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

test('the page that leads to a provider names it, and says that the person has allowed the app', () => {
  const location = 'https://login.example/authorize?state=<b>';
  const page = pages.onward({ realmName: 'Main', location, provider: 'login.<b>example' });
  const html = parse(page.html);
  expect(html.querySelector('a.primary')?.getAttribute('href')).toBe(location);
  expect(html.querySelector('main')?.text).toContain('You allowed it. You are being sent to login.');
  expect(html.querySelector('main b')).toBeNull();
});

test('the page that replaces a long redirect has a refresh and a link, and no script', () => {
  const location = `/connect/authorize?state=${'s'.repeat(3_000)}#`;
  const html = parse(pages.onward({ realmName: 'Main', location }).html);
  const refresh = html.querySelector('meta[http-equiv=refresh]')?.getAttribute('content');
  expect([refresh, html.querySelector('a.primary')?.getAttribute('href')]).toEqual([
    `0;url=${location}`,
    location,
  ]);
  expect(html.querySelectorAll('script, form')).toEqual([]);
});

test.each(Object.keys(en.problem.kinds) as PageProblem[])('the problem page explains %s', (problem) => {
  const page = pages.problem({ realmName: 'Main', problem, detail: 'redirect_uri is missing' });
  const { heading, explanation, advice } = en.problem.kinds[problem];
  const text = textOf(page);
  expect(text.startsWith(`Main ${heading} ${explanation} ${advice}`)).toBe(true);
  expect(text.endsWith('For the app’s developers: redirect_uri is missing')).toBe(true);
  expect(text.includes('How to do that, by app')).toBe(advice.includes('forget its old registration'));
  expect(parse(page.html).querySelector('meta[http-equiv=refresh]')).toBeNull();
});

describe('all pages', () => {
  const nasty = `"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;b&gt;{{7*7}}<%= 1 %>\u202Ex`;
  const all = samplePages(pages, nasty);

  test.each(all)(
    cite(
      'the page %s escapes text that a client chose',
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
      'the page %s forbids scripts, frames, foreign form targets and foreign styles',
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

  test.each(all)('the page %s has a language, a title, one heading and one main element', (_, { html }) => {
    const root = parse(html);
    expect(root.querySelector('html')?.getAttribute('lang')).toBe('en');
    expect(root.querySelector('title')?.text).not.toBe('');
    expect(root.querySelectorAll('h1')).toHaveLength(1);
    expect(root.querySelectorAll('main')).toHaveLength(1);
  });
});

describe('buttons that appear late', () => {
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

  test.each([0, 500, 1_000])('appear after a second if the server asks for %i ms', (readingTime) => {
    const [style = '', ...more] = stylesOf(signOut(readingTime));
    expect([style.includes('--reading:1000ms'), more]).toEqual([true, []]);
  });

  test('appear later if the server asks for more, with a style that the content security policy allows', () => {
    const page = signOut(2_500);
    const [style = '', ...more] = stylesOf(page);
    expect(more).toEqual([':root{--reading:2500ms}']);
    expect(page.headers['content-security-policy']).toContain(
      `style-src ${sourceOf(style)} ${sourceOf(':root{--reading:2500ms}')};`,
    );
  });

  test('come with an alert after a click that came too soon', () => {
    expect(parse(signOut(0).html).querySelector('[role=alert]')?.text).toContain('you are still signed in');
  });
});

test('a fragment cannot scroll a page when it opens', () => {
  expect(pages.problem({ realmName: 'Main', problem: 'not-found' }).headers['document-policy']).toBe(
    'force-load-at-top',
  );
});

test('a fragment can scroll the list of rules', () => {
  expect(pages.rules({ realmName: 'Main', rules: [] }).headers).not.toHaveProperty('document-policy');
});
