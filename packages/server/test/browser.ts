import { parseSetCookie } from 'cookie';
import type { AuthorizationServer, ConnectedAppView } from '../src/index.ts';

/** The members of a page's view that tests use; which ones exist depends on the page. */
export interface View {
  readonly page:
    | 'sign-in'
    | 'consent'
    | 'not-allowed'
    | 'hand-back'
    | 'onward'
    | 'connected-apps'
    | 'sign-out'
    | 'problem'
    | 'none';
  readonly action: string;
  readonly interaction: string;
  readonly csrf: string;
  readonly switchPerson: string;
  readonly location: string;
  readonly outcome: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly scopes: readonly { readonly name: string }[];
  readonly held: readonly { readonly name: string }[];
  readonly durations: readonly unknown[];
  readonly apps?: readonly ConnectedAppView[];
  readonly signedIn?: { readonly csrf: string; readonly tooSoon?: boolean };
}

const NO_VIEW: View = {
  page: 'none',
  action: '',
  interaction: '',
  csrf: '',
  switchPerson: '',
  location: '',
  outcome: '',
  scopes: [],
  held: [],
  durations: [],
};

/** What a browser displays at the end. */
export interface Shown {
  readonly status: number;
  readonly url: URL;
  readonly view: View;
  readonly headers: Headers;
}

/** The fields of a form: one value for each, or several. */
export type FormFields = Readonly<Record<string, string | readonly string[]>>;

/** A received cookie, and the path of the request whose response set it. */
export interface ReceivedCookie {
  readonly path: string | undefined;
  readonly maxAge: number | undefined;
  readonly requested: string;
}

export interface Browser {
  readonly cookies: Map<string, string>;
  /** Every cookie that was set or deleted. */
  readonly received: readonly ReceivedCookie[];
  /** Sends these cookies with every request from now on, besides its own. */
  plant(cookies: string): void;
  /** Opens a URL and follows redirects within the server. */
  open(url: string | URL): Promise<Shown>;
  /** Posts a form and follows redirects within the server. */
  post(url: string | URL, fields: FormFields): Promise<Shown>;
}

/** A browser without a network: cookies, redirects and forms over the endpoints themselves. */
export function createBrowser(
  server: AuthorizationServer,
  issuer: string,
  ip = '192.0.2.10',
  language = '',
): Browser {
  const cookies = new Map<string, string>();
  const paths = new Map<string, string>();
  const received: ReceivedCookie[] = [];
  let planted = '';

  /** The cookies for a path. One per name, except for those with a path of their own. */
  function cookiesFor(pathname: string): string {
    const sent = [...cookies].flatMap(([key, value]) => {
      const path = paths.get(key) ?? '/';
      const isFor = path === '/' || pathname === path || pathname.startsWith(`${path}/`);
      return isFor ? [`${key.split(' ', 1)[0]}=${value}`] : [];
    });
    return [...sent, ...(planted === '' ? [] : [planted])].join('; ');
  }

  async function send(url: URL, init: RequestInit): Promise<Shown> {
    const route = server.routes.find(({ path, below = false }) =>
      below === false
        ? path === url.pathname
        : url.pathname.startsWith(`${path}/`) &&
          url.pathname.slice(path.length).split('/').length === Number(below) + 1,
    );
    if (route === undefined) throw new Error(`No route for ${url.pathname}.`);
    const headers = new Headers(init.headers);
    if (language !== '') headers.set('accept-language', language);
    const cookie = cookiesFor(url.pathname);
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await route.endpoint(new Request(url, { ...init, headers }), { ip });
    if (response === undefined) throw new Error(`Nothing to say at ${url.pathname}.`);
    for (const header of response.headers.getSetCookie()) {
      const { name, value = '', maxAge, path = '/' } = parseSetCookie(header);
      received.push({ path, maxAge, requested: url.pathname });
      const key = path === '/' ? name : `${name} ${path}`;
      paths.set(key, path);
      if (maxAge === 0) cookies.delete(key);
      else cookies.set(key, value);
    }
    const location = response.headers.get('location');
    if (location !== null) {
      const next = new URL(location, url);
      if (next.origin === new URL(issuer).origin) return send(next, { method: 'GET' });
      return { status: response.status, url: next, view: NO_VIEW, headers: response.headers };
    }
    const text = await response.text();
    return {
      status: response.status,
      url,
      view: text === '' ? NO_VIEW : JSON.parse(text),
      headers: response.headers,
    };
  }

  return {
    cookies,
    received,
    plant: (sent) => void (planted = sent),
    open: (url) => send(new URL(url, issuer), { method: 'GET' }),
    post: (url, fields) => {
      const pairs = Object.entries(fields).flatMap(([name, values]) =>
        [values].flat().map((value) => [name, value]),
      );
      return send(new URL(url, issuer), { method: 'POST', body: new URLSearchParams(pairs) });
    },
  };
}
