import type { ApiCredentials, ResourceServerOptions } from '../options.ts';
import { boundedJson } from './bounded-json.ts';
import { IssuerUnavailable } from './unavailable.ts';

/** How long the issuer may take to respond, in milliseconds. */
const PATIENCE = 5_000;

export interface Question {
  readonly uri: string;
  readonly credentials: ApiCredentials;
  /** The form of a POST request. Absent: the request is a GET. */
  readonly form?: URLSearchParams;
  /** The largest response, in bytes. */
  readonly maxBytes: number;
}

/**
 * Requests a JSON object from the issuer, authenticated as this API.
 *
 * @throws IssuerUnavailable if the issuer does not return one
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 RFC 6749 §2.3.1}
 */
export async function askIssuer(
  { fetch = globalThis.fetch }: Pick<ResourceServerOptions, 'fetch'>,
  { uri, credentials, form, maxBytes }: Question,
): Promise<Readonly<Record<string, unknown>>> {
  const headers = { accept: 'application/json', authorization: basic(credentials) };
  const asked = form === undefined ? { method: 'GET' } : { method: 'POST', body: form };
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(uri, { ...asked, headers, signal, redirect: 'error' });
    if (response.status !== 200) throw new Error(`it answered ${response.status}`);
    const answer = await boundedJson(response, maxBytes);
    if (!isObject(answer)) throw new Error('it answered no object');
    return answer;
  } catch (cause) {
    throw new IssuerUnavailable(`Nothing was learnt from ${uri}.`, { cause });
  }
}

const basic = ({ id, secret }: ApiCredentials): string =>
  `Basic ${btoa(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)}`;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
