import { type HTMLElement, parse } from 'node-html-parser';
import { CookieJar } from 'tough-cookie';
import { ADA, type TestPerson } from './people.ts';

/** What a browser displays, or where it was sent. */
export interface Shown {
  readonly status: number;
  readonly url: URL;
  readonly headers: Headers;
  readonly text: string;
  readonly page: HTMLElement;
  /** The URL outside of the server that the browser was sent to. */
  readonly away: URL | undefined;
}

/** A form with its values. */
export interface Form {
  readonly action: URL;
  readonly fields: Readonly<Record<string, string>>;
  /** The offered scopes, all selected. */
  readonly scopes: readonly string[];
}

export interface Browser {
  readonly jar: CookieJar;
  /** Opens a URL and follows redirects within the server. */
  open(url: URL | string): Promise<Shown>;
  /** Posts a form and follows redirects within the server. */
  post(action: URL | string, fields: Readonly<Record<string, string>> | URLSearchParams): Promise<Shown>;
  /** Signs in if the page asks for it. @param person @default Ada */
  signIn(shown: Shown, person?: Pick<TestPerson, 'username' | 'password'>): Promise<Shown>;
  /** Submits the consent page. */
  decide(shown: Shown, decision: 'approve' | 'deny'): Promise<Shown>;
}

export type Send = (request: Request) => Promise<Response>;

const MAX_REDIRECTS = 10;

/** A new browser with its own cookies and without scripts. */
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

/** The form of a page with its initial values. */
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

/** What a browser posts for a form: its values and a person's input. */
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

/** The destination of the authorization response page; `undefined` on other pages. */
export function handedBack({ page, status }: Shown): URL | undefined {
  const href = status === 200 ? page.querySelector('a.primary')?.getAttribute('href') : undefined;
  return href === undefined ? undefined : new URL(href);
}

/** The heading of a page. */
export const headingOf = ({ page }: Shown): string => page.querySelector('h1')?.text.trim() ?? '';

/**
 * Lets a person follow an authorization request, sign in and approve.
 *
 * @returns the redirect URI with the authorization response
 * @throws Error with the text of the page, if the person cannot approve
 */
export async function approvedBy(
  person: Pick<TestPerson, 'username' | 'password'>,
  start: URL,
): Promise<URL> {
  const browser = newBrowser();
  const first = await browser.signIn(await browser.open(start), person);
  const last = asksForConsent(first) ? await browser.decide(first, 'approve') : first;
  const arrived = last.away ?? handedBack(last);
  if (arrived === undefined) throw new Error(`The page (${last.status}) says: ${last.page.text.trim()}`);
  return arrived;
}
