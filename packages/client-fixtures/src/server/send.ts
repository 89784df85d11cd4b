/** Sends requests: `fetch`, or a compatible function. */
export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/** The result of a request. */
export type Sent =
  | { readonly ok: true; readonly response: Response }
  /** No response was received. `code` is that of the network or of TLS, such as `ECONNREFUSED`, if there is one. */
  | { readonly ok: false; readonly problem: string; readonly code?: string };

/** How long a server may take, in milliseconds. */
const PATIENCE = 10_000;

/** The longest wait that a server can request, in seconds, and how often it is granted. */
const SHORT_WAIT = 2;
const MAX_WAITS = 3;

/**
 * Sends a request without following redirects. After a 429 it is repeated if the server asks for a wait of at most two
 * seconds; otherwise the 429 is the response.
 */
export async function send(fetch: Fetch, url: string | URL, init: RequestInit): Promise<Sent> {
  for (let waits = 0; ; waits += 1) {
    let response: Response;
    try {
      response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) });
    } catch (error) {
      const code = codeOf(error);
      return { ok: false, problem: problemOf(error), ...(code !== undefined && { code }) };
    }
    const seconds = Number(response.headers.get('retry-after') ?? Infinity);
    if (response.status !== 429 || waits === MAX_WAITS || !(seconds <= SHORT_WAIT)) {
      return { ok: true, response };
    }
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  }
}

/** The body as a JSON object; undefined if it is anything else. */
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
  if (!(error instanceof Error)) return 'could not be reached';
  if (error.name === 'TimeoutError') return `did not respond within ${PATIENCE / 1_000} seconds`;
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `could not be reached (${error.message}${cause})`;
}

function codeOf(error: unknown): string | undefined {
  const { cause } = error instanceof Error ? error : {};
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
}
