import type { ServerResponse } from 'node:http';
import type { PlainHeaders, PlainRequest } from '../program/plain-request.ts';
import { readWhole, requireUnread } from './to-body.ts';
import {
  BODILESS_METHODS,
  hangUpSignal,
  hasHungUp,
  isForbidden,
  type NodeRequest,
  targetOf,
  toRequest,
  urlOf,
} from './to-request.ts';

/** A Node request as a plain request, with the same content as {@link toRequest}; `undefined` if that is impossible (TRACE). */
export function toPlainRequest(
  incoming: NodeRequest,
  outgoing: ServerResponse,
  origin: string,
): PlainRequest | undefined {
  const method = incoming.method ?? 'GET';
  if (isForbidden(method)) return undefined;
  const isBodiless = BODILESS_METHODS.has(method);
  if (!isBodiless) requireUnread(incoming);
  let url: string | undefined;
  let standard: Request | undefined;
  return {
    method,
    get url() {
      return (url ??= new URL(urlOf(incoming, origin)).href);
    },
    hasQuery: targetOf(incoming).includes('?'),
    headers: rawHeaders(incoming.rawHeaders),
    readBody: (limit) => (isBodiless ? [] : readWhole(incoming, limit)),
    isAborted: () => hasHungUp(outgoing),
    standard() {
      const hasBody = !isBodiless && !incoming.readableDidRead;
      standard ??= toRequest(incoming, origin, hangUpSignal(outgoing), hasBody);
      if (standard === undefined) throw new Error('This method has no standard request.');
      return standard;
    },
  };
}

/** Reads header fields as `Headers` does: repeated ones are joined. Names and values in turn. */
function rawHeaders(fields: readonly string[]): PlainHeaders {
  const get = (wanted: string): string | null => {
    const lower = wanted.toLowerCase();
    let found: string | null = null;
    for (let at = 0; at + 1 < fields.length; at += 2) {
      const name = fields[at] ?? '';
      if (name.length !== lower.length || name.toLowerCase() !== lower) continue;
      const value = fields[at + 1] ?? '';
      found = found === null ? value : `${found}${lower === 'cookie' ? '; ' : ', '}${value}`;
    }
    return found;
  };
  return { get, has: (name) => get(name) !== null };
}
