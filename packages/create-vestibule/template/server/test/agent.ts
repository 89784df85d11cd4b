import type { Vestibule } from '@vestibule/node';
import { createHash, randomBytes } from 'node:crypto';

/** Sends a request to the server, without a socket. */
export type Send = (url: URL | string, init?: RequestInit) => Promise<Response>;

export const sendTo =
  ({ handle }: Vestibule): Send =>
  async (url, init) =>
    (await handle(new Request(url, init), { ip: '127.0.0.1' })) ?? new Response(null, { status: 404 });

/** What an agent asks for, and the person who is asked. */
interface Attachment {
  readonly issuer: string;
  readonly resource: string;
  readonly scope: string;
  readonly username: string;
  readonly password: string;
}

const REDIRECT_URI = 'http://127.0.0.1/callback';

/** Attaches as an agent does: registers, sends the person through sign-in and consent, and exchanges the code. */
export async function attach(send: Send, { issuer, resource, scope, username, password }: Attachment) {
  const registered = await send(`${issuer}/connect/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_name: 'Test agent', redirect_uris: [REDIRECT_URI] }),
  });
  const { client_id } = await registered.json();
  const verifier = randomBytes(32).toString('base64url');
  const query = {
    client_id,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    resource,
    scope,
    state: randomBytes(8).toString('hex'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  const browser = openBrowser(send);
  const signIn = await browser.open(new URL(`${issuer}/connect/authorize?${new URLSearchParams(query)}`));
  const consent = await browser.submit(signIn, { username, password });
  const response = await browser.submit(consent, { decision: 'approve' });
  const code = /[?&](?:amp;)?code=([^&"]+)/.exec(response.html)?.[1] ?? '';
  const exchanged = await send(`${issuer}/connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id,
      redirect_uri: REDIRECT_URI,
      resource,
      code: decodeURIComponent(code),
      code_verifier: verifier,
    }),
  });
  return { registered, consent: consent.html, exchanged, token: await exchanged.json() };
}

interface Page {
  readonly url: URL;
  readonly html: string;
}

/** A browser of one person: cookies, redirects and forms. */
function openBrowser(send: Send) {
  const cookies = new Map<string, string>();

  async function open(url: URL, fields?: Readonly<Record<string, string>>): Promise<Page> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const form = fields && { method: 'POST', body: new URLSearchParams(fields) };
    const response = await send(url, { ...form, headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    return location === null ? { url, html: await response.text() } : open(new URL(location, url));
  }

  /** Submits the form of a page with what it proposes, and what the person enters. */
  function submit({ url, html }: Page, entered: Readonly<Record<string, string>>): Promise<Page> {
    const [, action = ''] = /<form[^>]* action="([^"]*)"/.exec(html) ?? [];
    const inputs = [...html.matchAll(/<input[^>]*>/g)]
      .map(([tag]) => tag)
      .filter((tag) => / type="hidden"| checked/.test(tag));
    const proposed = inputs.map((tag) => [attribute(tag, 'name'), attribute(tag, 'value')]);
    const chosen = [...html.matchAll(/<select[^>]* name="([^"]*)".*?<option[^>]* value="([^"]*)"/gs)];
    const fields = [...proposed, ...chosen.map(([, name, value]) => [name, value])];
    return open(new URL(action, url), { ...Object.fromEntries(fields), ...entered });
  }

  return { open, submit };
}

const attribute = (tag: string, name: string): string =>
  new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
