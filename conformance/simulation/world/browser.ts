import type { View } from './json-pages.ts';
import { ISSUERS } from './realms.ts';

/** What a browser displays. `view` is absent if it was led elsewhere, or nothing came back. */
export interface Shown {
  readonly status: number;
  readonly url: URL;
  readonly view?: View;
}

/** A browser without a network: cookies, redirects and forms. */
export interface Browser {
  /** Opens a URL and follows redirects within the server. */
  open(url: URL | string): Promise<Shown>;
  /** Posts a form and follows redirects within the server. */
  post(url: URL | string, fields: URLSearchParams): Promise<Shown>;
}

/** Sends a request from an address. */
export type Send = (request: Request, ip: string) => Promise<Response>;

const MOST_REDIRECTS = 8;

export function createBrowser(send: Send, ip: string): Browser {
  /** The cookies of each host, by name. */
  const jar = new Map<string, Map<string, string>>();

  const jarOf = ({ host }: URL): Map<string, string> => {
    const known = jar.get(host) ?? new Map<string, string>();
    jar.set(host, known);
    return known;
  };

  function receive(url: URL, response: Response): void {
    for (const header of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = header.split(';');
      const [name = '', ...value] = pair.trim().split('=');
      const isDeleted = attributes.some((attribute) => attribute.trim().toLowerCase() === 'max-age=0');
      if (isDeleted) jarOf(url).delete(name);
      else jarOf(url).set(name, value.join('='));
    }
  }

  async function go(url: URL, init: RequestInit, redirects = 0): Promise<Shown> {
    const cookies = [...jarOf(url)].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await send(new Request(url, { ...init, headers: { cookie: cookies } }), ip);
    receive(url, response);
    const location = response.headers.get('location');
    const { status } = response;
    if (location === null) {
      const text = await response.text();
      const isPage = response.headers.get('content-type') === 'application/json' && text !== '';
      return { status, url, ...(isPage && { view: JSON.parse(text) }) };
    }
    const next = new URL(location, url);
    const isHere = Object.values<string>(ISSUERS).includes(next.origin);
    return isHere && redirects < MOST_REDIRECTS
      ? go(next, { method: 'GET' }, redirects + 1)
      : { status, url: next };
  }

  return {
    open: (url) => go(new URL(url), { method: 'GET' }),
    post: (url, fields) => go(new URL(url), { method: 'POST', body: fields }),
  };
}
