/** One request and what came of it. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly reply: Replied | Silent;
}

/** A response, with its body read. */
export interface Replied {
  readonly kind: 'response';
  readonly status: number;
  readonly headers: Headers;
  /** At most 512 KiB of it. */
  readonly body: string;
}

/** No response was received. */
export interface Silent {
  readonly kind: 'none';
  /** What happened, to follow the URL in a sentence. */
  readonly problem: string;
  /** The code of the network or of TLS, such as `CERT_HAS_EXPIRED`. */
  readonly code?: string;
}

/** The body of a response. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const statusOf = ({ reply }: Exchange): number | undefined =>
  reply.kind === 'response' ? reply.status : undefined;

export const headerOf = ({ reply }: Exchange, name: string): string | undefined =>
  reply.kind === 'response' ? (reply.headers.get(name) ?? undefined) : undefined;

/** The body as a JSON object, whatever its content type is. Undefined if it is anything else. */
export function jsonOf({ reply }: Exchange): JsonObject | undefined {
  if (reply.kind !== 'response') return undefined;
  try {
    const value: unknown = JSON.parse(reply.body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether the content type is JSON. */
export const isJson = (exchange: Exchange): boolean =>
  /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(headerOf(exchange, 'content-type') ?? '');

/** The document of an exchange that succeeded. */
export const documentOf = (exchange: Exchange): JsonObject | undefined =>
  statusOf(exchange) === 200 ? jsonOf(exchange) : undefined;

/** What was received, as the rest of a sentence that begins with a URL. */
export function received(exchange: Exchange): string {
  const { reply } = exchange;
  if (reply.kind === 'none') return reply.problem;
  const to = reply.headers.get('location');
  const type = reply.headers.get('content-type');
  if (reply.status >= 300 && reply.status < 400 && to !== null) return `redirects (${reply.status}) to ${to}`;
  return `responds ${reply.status}${type === null ? '' : ` with ${type}`}`;
}
