import { once } from 'node:events';
import { connect } from 'node:http2';

/** A response over HTTP/2. */
export interface Http2Response {
  readonly protocol: string;
  readonly status: number;
  readonly body: string;
}

/** Requests a path over HTTP/2, from an address of this computer. */
export async function getOverHttp2(origin: string, path: string, ca: string): Promise<Http2Response> {
  const session = connect(origin, { ca });
  try {
    const stream = session.request({ ':path': path });
    stream.setEncoding('utf8');
    const [headers = {}]: Readonly<Record<string, unknown>>[] = await once(stream, 'response');
    let body = '';
    for await (const text of stream) body += String(text);
    const { alpnProtocol } = session;
    return { protocol: alpnProtocol ?? '', status: Number(headers[':status']), body };
  } finally {
    session.close();
  }
}
