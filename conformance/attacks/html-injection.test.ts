/**
 * HTML injection: a client's string becomes a tag, an attribute or a script on a page of the authorization server.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/79.html CWE-79}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-5 RFC 7591 §5}
 *
 * Taken out: packages/consent-ui/src/markup.ts: `>${escapeHtml(content)}</bdi>` → `>${content}</bdi>`
 * Then fails: a name
 * Taken out: packages/consent-ui/views/problem.ejs: `<code><%= detail %></code>` → `<code><%- detail %></code>`
 * Taken out: packages/core/src/text/quote.ts: `if (character === undefined) return` → `return`
 * Then fails: a parameter of an authorization request
 * Taken out: packages/consent-ui/views/authorization-response.ejs: `href="<%= location %>"` → `href="<%- location %>"`
 * Taken out: packages/server/src/authorization/carry-response.ts: `${parameters.toString()}` → `${decodeURIComponent(parameters.toString())}`
 * Then fails: a state, on its way back
 */
import { describe, expect, test } from 'vitest';
import { ADA } from '../support/app.ts';
import { attackedApp } from './support/attacked.ts';
import { filledIn, formOf, newBrowser, type Shown } from '@vestibule/testing/browser';
import { newClient } from './support/client.ts';

const app = attackedApp();

/** Strings that escape from a text, an attribute, a style, a script, a comment or a title, in different encodings. */
const BREAKOUTS = [
  '<script>alert(1)</script>',
  '"><script>alert(1)</script>',
  "'><script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  '" onmouseover="alert(1)" x="',
  "' autofocus onfocus='alert(1)",
  '</title><script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  '</textarea><script>alert(1)</script>',
  '--><script>alert(1)</script>',
  ']]><script>alert(1)</script>',
  '<svg/onload=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<base href="https://evil.example/">',
  '<form action="https://evil.example/"><button>Approve',
  '<a href="https://evil.example/">Approve</a>',
  '<link rel=stylesheet href=https://evil.example/x.css>',
  '<style>*{display:none}</style>',
  '<%= process.env %><%- 7*7 %>',
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;alert(1)',
  '\\u003cscript\\u003e',
  '%3Cscript%3Ealert(1)%3C/script%3E',
  '\uFF1Cscript\uFF1Ealert(1)',
  '<scr\u0000ipt>alert(1)</scr\u0000ipt>',
  '<!--',
  '<plaintext>',
  '<',
] as const;

const named = BREAKOUTS.map((text) => [text.slice(0, 40), text]);

const FOREIGN_TAGS = 'script, iframe, img, base, link, object, embed, textarea, plaintext';

/** The elements of a page that an injection could add. */
function madeOf({ page, headers, text }: Shown) {
  const attributes = page.querySelectorAll('*').flatMap((element) => Object.keys(element.attributes));
  const actions = page.querySelectorAll('form').map((form) => form.getAttribute('action') ?? '');
  return {
    forms: actions.length,
    links: page.querySelectorAll('a').length,
    styles: page.querySelectorAll('style').length,
    foreign: [
      ...page.querySelectorAll(FOREIGN_TAGS).map(({ rawTagName }) => rawTagName),
      ...attributes.filter((name) => /^on|srcdoc|formaction|^style$/i.test(name)),
      ...actions.filter((action) => !action.startsWith('/connect/')),
      ...(text.includes('<!--') ? ['a comment'] : []),
    ],
    isGuarded: headers.get('content-security-policy')?.includes(`default-src 'none'`),
    type: headers.get('content-type'),
  };
}

/** The elements of our own pages. */
const ours = (forms: number, links: number) => ({
  forms,
  links,
  styles: 1,
  foreign: [],
  isGuarded: true,
  type: 'text/html; charset=utf-8',
});

describe('a name', () => {
  test.each(named)('%s', async (_, text) => {
    const client = await newClient(app(), 'https://app.example/cb', { client_name: `App ${text}` });
    const browser = newBrowser();
    const signIn = await browser.open(client.url());
    expect(madeOf(signIn)).toEqual(ours(1, 0));
    const consent = await browser.signIn(signIn);
    expect(madeOf(consent)).toEqual(ours(1, 2));
    expect(madeOf(await browser.decide(consent, 'approve'))).toEqual(ours(0, 2));
    expect(madeOf(await newBrowser().open(client.url({ response_type: 'x' })))).toEqual(ours(0, 1));
  });
});

describe('a name in another language', () => {
  test.each(named)('%s', async (_, text) => {
    const client = await newClient(app(), 'https://app.example/cb', { 'client_name#fr': `Appli ${text}` });
    const browser = newBrowser((request) => {
      request.headers.set('accept-language', 'fr');
      return fetch(request);
    });
    const consent = await browser.signIn(await browser.open(client.url()));
    expect(consent.text).toContain('Appli');
    expect(madeOf(consent)).toEqual(ours(1, 2));
  });
});

describe('a parameter of an authorization request', () => {
  const NAMES = [
    'client_id',
    'redirect_uri',
    'resource',
    'scope',
    'response_type',
    'response_mode',
    'prompt',
  ];
  test.each(named)('%s', async (_, text) => {
    const client = await newClient(app(), 'https://app.example/cb');
    for (const name of NAMES) {
      const shown = await newBrowser().open(client.url({ [name]: text }));
      const leadsNowhere = name === 'client_id' || name === 'redirect_uri';
      const expected = shown.status === 200 ? ours(1, 0) : ours(0, leadsNowhere ? 0 : 1);
      expect([name, madeOf(shown)]).toEqual([name, expected]);
    }
    const url = client.url();
    url.searchParams.append(text, '1');
    url.searchParams.append(text, '2');
    expect(madeOf(await newBrowser().open(url))).toEqual(ours(0, 1));
  });
});

describe('a state, on its way back', () => {
  test.each(named)('%s', async (_, text) => {
    const client = await newClient(app(), 'https://app.example/cb');
    const browser = newBrowser();
    const consent = await browser.signIn(await browser.open(client.url({ state: text })));
    const shown = await browser.decide(consent, 'approve');
    expect(madeOf(shown)).toEqual(ours(0, 2));
    const link = new URL(shown.page.querySelector('a')?.getAttribute('href') ?? '');
    expect(link.origin).toBe('https://app.example');
    expect(link.searchParams.get('state')).toBe(new URLSearchParams({ text }).get('text'));
  });
});

describe('what a person types', () => {
  test.each(named)('%s', async (_, text) => {
    const client = await newClient(app());
    const browser = newBrowser();
    const shown = await browser.signIn(await browser.open(client.url()), { ...ADA, username: text });
    expect(madeOf(shown)).toEqual(ours(1, 0));
    expect(shown.status).toBe(403);
    expect(shown.page.querySelector('#username')?.getAttribute('value')).toBe(text.trim());
  });
});

describe('a field of a form', () => {
  test.each(named)('%s', async (_, text) => {
    const client = await newClient(app());
    const browser = newBrowser();
    const form = formOf(await browser.signIn(await browser.open(client.url())));
    const { action } = form;
    expect(madeOf(await browser.post(action, filledIn(form, { csrf: text })))).toEqual(ours(1, 2));
    expect(madeOf(await browser.post(action, filledIn(form, { transaction: text })))).toEqual(ours(0, 0));
    const elsewhere = action.href.replace(form.fields['transaction'] ?? '', encodeURIComponent(text));
    expect(madeOf(await browser.open(elsewhere))).toEqual(ours(0, 0));
  });
});
