import type { Milliseconds } from '@vestibule/core';
import { setTimeout } from 'node:timers/promises';
import { type HTMLElement, parse } from 'node-html-parser';
import { CookieJar } from 'tough-cookie';

export interface ScriptedPersonOptions {
  readonly username: string;
  readonly password: string;
  /** What the person decides when the page asks. */
  readonly decision: 'approve' | 'deny';
  /** How long the person reads before they decide. @default 0 */
  readonly readingTime?: Milliseconds;
  /** Called with each page that the person sees. */
  readonly onPage?: (page: SeenPage) => void;
}

/** The content of a page, as text. */
export interface SeenPage {
  readonly kind: 'sign-in' | 'consent' | 'hand-back';
  /** Its headings, warnings, facts and list items, one per line. */
  readonly lines: readonly string[];
}

/** The maximum number of pages, as a guard against redirect loops. */
const MAX_PAGES = 20;

/**
 * Plays a person with a browser: keeps cookies, follows redirects and submits the real forms until the browser is sent to the
 * client.
 *
 * @returns the client's redirect URI with the authorization response
 * @throws Error with the text of the page, if it offers no way to continue or refuses the password
 */
export async function walkThrough(start: URL, options: ScriptedPersonOptions): Promise<URL> {
  const jar = new CookieJar();
  const { username, password, decision, readingTime = 0, onPage } = options;
  let request = new Request(start, { redirect: 'manual' });
  let hasDenied = false;

  for (let page = 0; page < MAX_PAGES; page += 1) {
    request.headers.set('cookie', await jar.getCookieString(request.url));
    const response = await fetch(request);
    for (const cookie of response.headers.getSetCookie()) await jar.setCookie(cookie, request.url);
    const location = response.headers.get('location');
    if (location !== null) {
      const next = new URL(location, request.url);
      if (next.origin !== start.origin) return next;
      request = new Request(next, { redirect: 'manual' });
      continue;
    }

    const html = parse(await response.text());
    const lines = html
      .querySelectorAll('h1, .callout, .alert, dl > div, li')
      .map(({ text }) => oneLine(text));
    const form = html.querySelector('form');
    // After a denial the page has no primary button, but a link back to the client.
    const link = html.querySelector(hasDenied ? 'a.button' : 'a.primary');
    if (form?.querySelector('[name=password]')) {
      const refusal = html.querySelector('.alert');
      if (refusal) throw new Error(`The page says: ${oneLine(refusal.text)}`);
      onPage?.({ kind: 'sign-in', lines });
      request = submit(form, request.url, { username, password });
    } else if (form?.querySelector('[name=decision]')) {
      onPage?.({ kind: 'consent', lines });
      if (readingTime > 0) await setTimeout(readingTime);
      request = submit(form, request.url, { decision });
      hasDenied = decision === 'deny';
    } else if (response.ok && link) {
      onPage?.({ kind: 'hand-back', lines });
      return new URL(link.getAttribute('href') ?? '');
    } else {
      throw new Error(
        `The page (${response.status}) says: ${oneLine(html.querySelector('main')?.text ?? html.text)}`,
      );
    }
  }
  throw new Error(`The browser was not sent to the client after ${MAX_PAGES} pages.`);
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

function submit(form: HTMLElement, page: string, answers: Readonly<Record<string, string>>): Request {
  // Fields that the person does not change are submitted with their defaults, as by a browser.
  const inputs = form.querySelectorAll('input[type=hidden], input[checked], select');
  const fields = inputs.map((input): [string, string] => [
    input.getAttribute('name') ?? '',
    (input.tagName === 'SELECT' ? input.querySelector('option') : input)?.getAttribute('value') ?? '',
  ]);
  const body = new URLSearchParams([...fields, ...Object.entries(answers)]);
  return new Request(new URL(form.getAttribute('action') ?? '', page), {
    method: 'POST',
    headers: { origin: new URL(page).origin },
    body,
    redirect: 'manual',
  });
}
