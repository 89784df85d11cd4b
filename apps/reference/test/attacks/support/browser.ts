import { type HTMLElement, parse } from 'node-html-parser';
import { CookieJar } from 'tough-cookie';
import { ADA } from '../../support/app.ts';

/** What a browser shows, or where it was led away to. */
export interface Shown {
  readonly status: number;
  readonly url: URL;
  readonly headers: Headers;
  readonly text: string;
  readonly page: HTMLElement;
  /** Where the server sent the browser that is not itself. */
  readonly away: URL | undefined;
}

/** A form with what stands in it. */
export interface Form {
  readonly action: URL;
  readonly fields: Readonly<Record<string, string>>;
  /** What it offers, all of it ticked. */
  readonly scopes: readonly string[];
}

export interface Browser {
  readonly jar: CookieJar;
  /** Opens an address and follows the server's redirects, as far as they stay with it. */
  open(url: URL | string): Promise<Shown>;
  /** Sends a form, and follows in the same way. */
  post(action: URL | string, fields: Readonly<Record<string, string>> | URLSearchParams): Promise<Shown>;
  /** Signs in where the page asks for it, as Ada unless told otherwise. */
  signIn(shown: Shown, person?: { readonly username: string; readonly password: string }): Promise<Shown>;
  /** Answers the consent page. */
  decide(shown: Shown, decision: 'approve' | 'deny'): Promise<Shown>;
}

export type Send = (request: Request) => Promise<Response>;

const MAX_REDIRECTS = 10;

/** A browser that has never been here, with a cookie jar of its own and no scripts. */
export function newBrowser(send: Send = fetch): Browser {
  const jar = new CookieJar();

  async function go(first: Request): Promise<Shown> {
    let request = first;
    for (let hop = 0; hop < MAX_REDIRECTS; hop += 1) {
      request.headers.set('cookie', await jar.getCookieString(request.url));
      const response = await send(request);
      for (const cookie of response.headers.getSetCookie()) await jar.setCookie(cookie, request.url);
      const location = response.headers.get('location');
      const next = location === null ? undefined : new URL(location, request.url);
      if (next === undefined || next.origin !== new URL(request.url).origin) {
        const text = await response.text();
        const url = new URL(request.url);
        const { status, headers } = response;
        return { status, url, headers, text, page: parse(text), away: next };
      }
      request = new Request(next, { redirect: 'manual' });
    }
    throw new Error(`After ${MAX_REDIRECTS} redirects there is still no page.`);
  }

  const post: Browser['post'] = (action, fields) =>
    go(new Request(action, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' }));

  const fill = (shown: Shown, answers: Readonly<Record<string, string>>): Promise<Shown> => {
    const form = formOf(shown);
    return post(form.action, filledIn(form, answers));
  };

  return {
    jar,
    open: (url) => go(new Request(url, { redirect: 'manual' })),
    post,
    signIn: async (shown, { username, password } = ADA) =>
      shown.page.querySelector('[name=password]') === null ? shown : fill(shown, { username, password }),
    decide: (shown, decision) => fill(shown, { decision }),
  };
}

/** The form of a page, as it is before anybody touches it. */
export function formOf({ page, url, status }: Shown): Form {
  const form = page.querySelector('form');
  if (form === null) throw new Error(`There is no form on the page (${status}): ${page.text.trim()}`);
  const valueOf = (element: HTMLElement | null): string => element?.getAttribute('value') ?? '';
  const fields = form
    .querySelectorAll('input[type=hidden], select')
    .map((field): [string, string] => [
      field.getAttribute('name') ?? '',
      valueOf(field.tagName === 'SELECT' ? field.querySelector('option') : field),
    ]);
  return {
    action: new URL(form.getAttribute('action') ?? '', url),
    fields: Object.fromEntries(fields),
    scopes: form.querySelectorAll('input[checked]').map(valueOf),
  };
}

/** What a browser posts of a form: what stands in it, with a person's answers. */
export function filledIn(
  { fields, scopes }: Pick<Form, 'fields' | 'scopes'>,
  answers: Readonly<Record<string, string>>,
): URLSearchParams {
  const posted = new URLSearchParams({ ...fields, ...answers });
  for (const scope of scopes) posted.append('scope', scope);
  return posted;
}

/** Whether a page asks the person to decide. */
export const asksForConsent = ({ page }: Shown): boolean => page.querySelector('[name=decision]') !== null;

/** Where the page leads back to; nowhere, unless it is a hand-back. */
export function handedBack({ page, status }: Shown): URL | undefined {
  const href = status === 200 ? page.querySelector('a.primary')?.getAttribute('href') : undefined;
  return href === undefined ? undefined : new URL(href);
}

/** What a page says it is. */
export const headingOf = ({ page }: Shown): string => page.querySelector('h1')?.text.trim() ?? '';
