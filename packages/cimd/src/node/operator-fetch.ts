import { isIn, parseAddress } from './address/network.ts';
import { judgedAddress } from './address/judged-address.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import { newClient, outcomeOf } from './exchange.ts';
import { FailedFetch } from './failed-fetch.ts';
import { type GuardedFetchOptions, type GuardedFetchSettings, readOptions } from './guard-options.ts';
import { readTarget, type Target } from './target.ts';

/** A request to a server that an operator chose. */
export interface OperatorRequest {
  /** @default "GET" */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A form, or text. @default none */
  readonly body?: URLSearchParams | string | null;
}

/**
 * Sends a request, and resolves with the response, whatever its status is.
 *
 * @throws Error that says for the operator why there is no response
 */
export type OperatorFetch = (url: string, request?: OperatorRequest) => Promise<Response>;

/** The largest acceptable body, in bytes: metadata, a key set, a token response. */
const MAX_BYTES = 524_288;

/** A status whose response has no body. */
const BODILESS: ReadonlySet<number> = new Set([101, 204, 205, 304]);

const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/**
 * Talks to a server that an operator chose, such as an identity provider: with the rules of {@link createGuardedFetch} for
 * addresses, connections, time and size, but with any method, body and status. Networks that are not public are reached only if
 * `allow` or `allowOperators` lists them. Plain http is accepted for loopback addresses alone.
 *
 * @throws TypeError that names the options that are unknown or invalid
 * @example
 *
 *     const fetch = createOperatorFetch({ allowOperators: ['10.0.0.0/8'] });
 *     const response = await fetch('https://login.example/.well-known/openid-configuration');
 */
export function createOperatorFetch(options: GuardedFetchOptions = {}): OperatorFetch {
  const settings = readOptions(options);
  return async (url, request = {}) => {
    const target = readTarget(url, ['https:', 'http:']);
    if (typeof target === 'string') throw new FailedFetch('url', target);
    const deadline = startDeadline(settings.totalTimeout);
    try {
      return await send(target, await addressOf(target, settings, deadline), request, settings, deadline);
    } finally {
      deadline.end();
    }
  };
}

async function addressOf(
  target: Target,
  settings: GuardedFetchSettings,
  deadline: Deadline,
): Promise<string> {
  const address = await judgedAddress(target, { chosenBy: 'operator' }, settings, deadline);
  if (typeof address !== 'string') throw new FailedFetch(address.reason, address.detail);
  const parsed = parseAddress(address);
  const isLoopback = parsed !== undefined && LOOPBACK.some((network) => isIn(parsed, network));
  if (target.isSecure || isLoopback) return address;
  throw new FailedFetch('url', 'The URL begins with http, and its host is not on this computer.');
}

async function send(
  target: Target,
  address: string,
  { method = 'GET', headers = {}, body }: OperatorRequest,
  settings: GuardedFetchSettings,
  deadline: Deadline,
): Promise<Response> {
  const client = newClient(target, address, MAX_BYTES, settings, deadline);
  try {
    const received = await client.request({
      method: method.toUpperCase(),
      path: target.path,
      headers: { 'user-agent': settings.userAgent, ...headers, 'accept-encoding': 'identity' },
      body: body === undefined || body === null ? null : String(body),
    });
    // A body that is not read fails when the connection is closed, which has no effect.
    received.body.on('error', () => undefined);
    deadline.leave();
    const bytes = new Uint8Array(await received.body.bytes());
    const { statusCode: status } = received;
    return new Response(BODILESS.has(status) ? null : bytes, {
      status,
      headers: headersOf(received.headers),
    });
  } catch (error) {
    const { reason, detail } = outcomeOf(error, settings, MAX_BYTES);
    throw new FailedFetch(reason, detail, error);
  } finally {
    await client.destroy();
  }
}

function headersOf(received: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(received)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  return headers;
}
