import { Client, errors } from 'undici';
import { isEntityTag } from '../entity-tag.ts';
import type { FetchFailure, FetchOutcome, FetchRequest } from '../fetch-document.ts';
import { readFreshness } from '../freshness.ts';
import { connectTo } from './connect-to.ts';
import type { Deadline } from './deadline.ts';
import { FailedFetch, failure, quoted } from './failed-fetch.ts';
import type { GuardedFetchSettings } from './guard-options.ts';
import { judgeHead } from './response/judge-head.ts';
import { parseBody } from './response/parse-body.ts';
import type { Target } from './target.ts';

const ACCEPT = {
  document: 'application/json',
  jwks: 'application/jwk-set+json, application/json',
} as const;

/** How many times larger than its body a response may be as it is sent. Chunks of two bytes make it 3.5 times as large. */
const WIRE_FACTOR = 4;

/** Sends one request over a connection of its own to the judged address, and reads the response. */
export async function exchange(
  target: Target,
  address: string,
  { etag, maxBytes, accept = 'document' }: FetchRequest & { readonly maxBytes: number },
  settings: GuardedFetchSettings,
  deadline: Deadline,
): Promise<FetchOutcome> {
  const { now, userAgent } = settings;
  const condition = etag !== undefined && isEntityTag(etag) ? { 'if-none-match': etag } : undefined;
  let isReached = false;
  const onConnected = (): void => {
    isReached = true;
  };
  const client = newClient(target, address, maxBytes, settings, deadline, onConnected);
  const startedAt = now();
  try {
    const { statusCode, headers, body } = await client.request({
      method: 'GET',
      path: target.path,
      headers: {
        accept: ACCEPT[accept],
        'accept-encoding': 'identity',
        'user-agent': userAgent,
        ...condition,
      },
    });
    // A body that is not read fails when the connection is closed, which has no effect.
    body.on('error', () => undefined);
    deadline.leave();
    const verdict = judgeHead(
      { status: statusCode, headers },
      { isConditional: condition !== undefined, maxBytes },
    );
    if (typeof verdict === 'object') return { ...verdict, isReached };
    const arrivedAt = now();
    const freshness = readFreshness(headers, arrivedAt, Math.max(0, arrivedAt - startedAt) / 1000);
    if (verdict === 'not-modified') return { ok: true, status: verdict, freshness };

    const bytes = await body.bytes();
    const parsed = parseBody(bytes);
    if (!parsed.ok) return { ...parsed, isReached };
    return { ok: true, status: 'fetched', body: parsed.body, bytes: bytes.length, freshness };
  } catch (error) {
    return { ...outcomeOf(error, settings, maxBytes), isReached };
  } finally {
    await client.destroy();
  }
}

/**
 * A client for one request to a judged address.
 *
 * @param onConnected called when the connection is established, TLS included @default nothing
 */
export function newClient(
  target: Target,
  address: string,
  maxBytes: number,
  settings: GuardedFetchSettings,
  deadline: Deadline,
  onConnected: () => void = () => undefined,
): Client {
  const { maxHeaderBytes } = settings;
  const maxWireBytes = maxHeaderBytes + WIRE_FACTOR * maxBytes;
  return new Client(target.origin, {
    connect: connectTo({ target, address, maxWireBytes, onConnected }, settings, deadline),
    // Without keep-alive: a connection is used for one request.
    pipelining: 0,
    maxHeaderSize: maxHeaderBytes,
    maxResponseSize: maxBytes,
    // The deadline is more precise than the timers of the client, and ends slow responses too.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

/** The outcome of an error of the connection. The other side can cause any of them, so none is thrown. */
export function outcomeOf(
  error: unknown,
  { maxHeaderBytes }: GuardedFetchSettings,
  maxBytes: number,
): FetchFailure {
  if (error instanceof FailedFetch) return error.outcome;
  if (error instanceof errors.HTTPParserError) {
    return failure('malformed-response', 'The response does not follow HTTP/1.1.');
  }
  const code = codeOf(error);
  switch (code) {
    case 'UND_ERR_RES_EXCEEDED_MAX_SIZE':
      return failure('too-large', `The body has more bytes than the limit of ${maxBytes}.`);
    case 'UND_ERR_HEADERS_OVERFLOW':
      return failure('too-large', `The head has more bytes than the limit of ${maxHeaderBytes}.`);
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return failure('malformed-response', 'The response does not have the length that it states.');
    default:
      return failure('connection', `The connection failed: ${quoted(code)}.`);
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error ? String('code' in error ? error.code : error.name) : 'unknown';
