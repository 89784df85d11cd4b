/** A response as it was read. */
export interface HttpResponse {
  readonly status: number;
  /** The status line and the header lines. */
  readonly head: string;
  readonly body: Buffer;
}

/** How the end of a body is found. */
type Framing = { kind: 'length'; length: number } | { kind: 'chunked' } | { kind: 'until-close' };

interface Head {
  readonly status: number;
  readonly text: string;
  /** Where the body begins. */
  readonly end: number;
  readonly framing: Framing;
}

const NOTHING: Buffer = Buffer.alloc(0);

/** Reads responses to one request at a time from the bytes of a connection. */
export class ResponseReader {
  #bytes = NOTHING;
  #head: Head | undefined;

  /** Adds bytes, and returns the response if they complete it. */
  push(bytes: Buffer): HttpResponse | undefined {
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
    this.#head ??= this.#readHead();
    if (this.#head === undefined) return undefined;
    const { end, framing } = this.#head;
    if (framing.kind === 'length') {
      const last = end + framing.length;
      return this.#bytes.length < last ? undefined : this.#finish(this.#bytes.subarray(end, last), last);
    }
    const chunks = framing.kind === 'chunked' ? readChunks(this.#bytes, end) : undefined;
    return chunks === undefined ? undefined : this.#finish(chunks.body, chunks.end);
  }

  /** Returns the response that ends with its connection, if that is one. */
  close(): HttpResponse | undefined {
    if (this.#head?.framing.kind !== 'until-close') return undefined;
    return this.#finish(this.#bytes.subarray(this.#head.end), this.#bytes.length);
  }

  #readHead(): Head | undefined {
    for (;;) {
      const blank = this.#bytes.indexOf('\r\n\r\n');
      if (blank < 0) return undefined;
      const text = this.#bytes.toString('latin1', 0, blank);
      const status = Number(text.slice(9, 12));
      if (status >= 200) return { status, text, end: blank + 4, framing: framingOf(status, text) };
      this.#bytes = this.#bytes.subarray(blank + 4);
    }
  }

  #finish(body: Buffer, end: number): HttpResponse | undefined {
    if (this.#head === undefined) return undefined;
    const { status, text } = this.#head;
    this.#bytes = this.#bytes.subarray(end);
    this.#head = undefined;
    return { status, head: text, body };
  }
}

/** The value of a header, `undefined` if the response has none. */
export const headerOf = ({ head }: HttpResponse, name: string): string | undefined =>
  headersOf(head, name)[0];

/** Every value of a header, in the order of the response. */
export function headersOf(head: string, name: string): readonly string[] {
  const start = `${name.toLowerCase()}:`;
  return head
    .split('\r\n')
    .filter((line) => line.length > start.length && line.slice(0, start.length).toLowerCase() === start)
    .map((line) => line.slice(start.length).trim());
}

/** Whether the server closes the connection after this response. */
export const closesConnection = ({ head }: HttpResponse): boolean => /\r\nconnection: *close/i.test(head);

function framingOf(status: number, head: string): Framing {
  if (status === 204 || status === 304) return { kind: 'length', length: 0 };
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) return { kind: 'length', length: Number(length) };
  return { kind: /\r\ntransfer-encoding: *chunked/i.test(head) ? 'chunked' : 'until-close' };
}

/** The body of a chunked response and where it ends, or `undefined` while the last chunk is missing. */
function readChunks(bytes: Buffer, start: number): { body: Buffer; end: number } | undefined {
  const parts: Buffer[] = [];
  for (let at = start; ;) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    const next = line + 2 + size + 2;
    if (next > bytes.length) return undefined;
    if (size === 0) return { body: Buffer.concat(parts), end: next };
    parts.push(bytes.subarray(line + 2, line + 2 + size));
    at = next;
  }
}
