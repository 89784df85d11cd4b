import { parseFields } from './page.ts';

/** What a browser shows in the end. */
export interface Shown {
  readonly status: number;
  readonly url: URL;
  readonly html: string;
}

export interface Browser {
  open(url: string | URL): Promise<Shown>;
  /** Fills in the form of a page, and sends it. */
  submit(shown: Shown, fields: Readonly<Record<string, string>>): Promise<Shown>;
  /** Opens an address without following redirects. */
  peek(url: string | URL): Promise<URL | undefined>;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/** A browser of one origin: cookies with their paths, redirects and forms. */
export function createBrowser(origin: string): Browser {
  let cookies: readonly Cookie[] = [];

  async function request(url: URL, init: RequestInit = {}): Promise<Response> {
    const sent = cookies.filter(({ path }) => path === '/' || url.pathname.startsWith(`${path}/`));
    const headers = new Headers(init.headers);
    headers.set('cookie', sent.map(({ name, value }) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const header of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      const path = /; Path=([^;]+)/i.exec(header)?.[1] ?? '/';
      cookies = cookies.filter((one) => one.name !== name || one.path !== path);
      if (!/; Max-Age=0/i.test(header)) cookies = [...cookies, { name, value, path }];
    }
    return response;
  }

  async function follow(url: URL, init?: RequestInit): Promise<Shown> {
    const response = await request(url, init);
    const location = response.headers.get('location');
    if (location === null) return { status: response.status, url, html: await response.text() };
    await response.body?.cancel();
    const next = new URL(location, url);
    next.hash = '';
    return next.origin === origin ? follow(next) : { status: response.status, url: next, html: '' };
  }

  return {
    open: (url) => follow(new URL(url, origin)),
    submit: ({ url, html }, fields) => {
      const { action, pairs } = parseFields(html);
      const kept = pairs.filter(([name]) => !(name in fields));
      const body = new URLSearchParams();
      for (const [name, value] of [...kept, ...Object.entries(fields)]) body.append(name, value);
      return follow(new URL(action, url), { method: 'POST', body, headers: { origin } });
    },
    async peek(url) {
      const response = await request(new URL(url, origin));
      await response.body?.cancel();
      const location = response.headers.get('location');
      return location === null ? undefined : new URL(location, origin);
    },
  };
}
