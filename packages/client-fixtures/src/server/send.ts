/** How requests are sent: `fetch`, or something like it. */
export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/** What became of a request. */
export type Sent =
  | { readonly ok: true; readonly response: Response }
  /** It did not arrive, or nothing came back. */
  | { readonly ok: false; readonly problem: string };

/** How long a server may think, in milliseconds. */
const PATIENCE = 10_000;

/** How long is waited where a server asks for it, in seconds, and how often. */
const SHORT_WAIT = 2;
const MAX_WAITS = 3;

/**
 * Sends a request and does not follow where it is redirected. One that is limited is sent again, if the server asks for
 * two seconds at most; otherwise its 429 is the answer.
 */
export async function send(fetch: Fetch, url: string | URL, init: RequestInit): Promise<Sent> {
  for (let waits = 0; ; waits += 1) {
    let response: Response;
    try {
      response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) });
    } catch (error) {
      return { ok: false, problem: problemOf(error) };
    }
    const seconds = Number(response.headers.get('retry-after') ?? Infinity);
    if (response.status !== 429 || waits === MAX_WAITS || !(seconds <= SHORT_WAIT)) {
      return { ok: true, response };
    }
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  }
}

/** The body as a JSON object; undefined where it is anything else. */
export async function readJsonObject(
  response: Response,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const body: unknown = await response.json();
    return isObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return 'could not be asked';
  if (error.name === 'TimeoutError') return `did not answer within ${PATIENCE / 1_000} seconds`;
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `could not be asked (${error.message}${cause})`;
}
