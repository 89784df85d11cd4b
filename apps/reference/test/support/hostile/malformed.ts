const HOST = 'Host: localhost\r\n';
const CLOSE = 'Connection: close\r\n';
const FORM = 'Content-Type: application/x-www-form-urlencoded\r\n';

/** The longest head that Node reads is 16 KiB. */
const HUGE = 'a'.repeat(20_000);

const get = (rest: string): string => `GET /healthz HTTP/1.1\r\n${HOST}${rest}`;
const post = (headers: string, body: string): string =>
  `POST /connect/token HTTP/1.1\r\n${HOST}${FORM}${headers}\r\n${body}`;
const chunked = (body: string, headers = ''): string =>
  post(`Transfer-Encoding: chunked\r\n${headers}`, body);

/** A valid request, followed by invalid ones. */
const answered = get('\r\n');

/** Malformed input, and the status that it results in. */
export const MALFORMED: readonly (readonly [what: string, bytes: string, status: number])[] = [
  ['a huge header', get(`X: ${HUGE}\r\n\r\n`), 431],
  ['huge cookies', get(`Cookie: ${'a=b; '.repeat(5_000)}\r\n\r\n`), 431],
  ['thousands of headers', get(`${'X: a\r\n'.repeat(5_000)}\r\n`), 431],
  ['a huge target', `GET /${HUGE} HTTP/1.1\r\n${HOST}\r\n`, 431],
  ['a huge method', `${HUGE} / HTTP/1.1\r\n${HOST}\r\n`, 400],
  ['as many cookies as fit', get(`Cookie: ${'a=b; '.repeat(3_000)}\r\n${CLOSE}\r\n`), 200],

  ['a handshake of TLS', `\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03${'x'.repeat(500)}`, 400],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ['garbage behind a request', `${answered}\x00\xff\xfe garbage\r\n\r\n`, 400],
  ['garbage behind ten requests', `${answered.repeat(10)}\x00\xff\xfe garbage\r\n\r\n`, 400],
  ['garbage behind a body', post('Content-Length: 3\r\n', 'a=bGARBAGE\r\n\r\n'), 400],
  ['an invalid version', `GET /healthz HTTP/2.7\r\n${HOST}\r\n`, 400],
  ['no Host', 'GET /healthz HTTP/1.1\r\n\r\n', 400],
  ['a NUL in a header', get('X: a\x00b\r\n\r\n'), 400],
  ['a folded header', get('X: a\r\n b\r\n\r\n'), 400],
  ['lines that end without CR', 'GET /healthz HTTP/1.1\nHost: x\n\n', 400],
  ['a space before the colon', post('Content-Length : 3\r\n', 'a=b'), 400],
  ['an expectation', post(`Content-Length: 3\r\nExpect: magic\r\n${CLOSE}`, 'a=b'), 417],

  ['two lengths', post('Content-Length: 3\r\nContent-Length: 4\r\n', 'a=bc'), 400],
  ['a negative length', post('Content-Length: -3\r\n', 'a=b'), 400],
  ['a length and chunks', chunked('3\r\na=b\r\n0\r\n\r\n', 'Content-Length: 3\r\n'), 400],
  ['chunks that are not the last coding', post('Transfer-Encoding: chunked, identity\r\n', 'a=b'), 400],
  ['an unknown coding', post('Transfer-Encoding: xchunked\r\n', '3\r\na=b\r\n0\r\n\r\n'), 400],
  ['a chunk whose size is no number', chunked('zz\r\na=b\r\n0\r\n\r\n'), 400],
  ['a chunk whose size is negative', chunked('-1\r\na=b\r\n0\r\n\r\n'), 400],
  ['a chunk whose size is too large to be one', chunked('fffffffffffffffff\r\na=b\r\n0\r\n\r\n'), 400],
  ['a chunk that is longer than it says', chunked('1\r\na=b\r\n0\r\n\r\n'), 400],
  ['a chunk without its lines’ ends', chunked('3\na=b\n0\n\n'), 400],
  ['a chunk with a huge extension', chunked(`3;${HUGE}\r\na=b\r\n0\r\n\r\n`), 413],
  ['a huge trailer', chunked(`3\r\na=b\r\n0\r\nX: ${HUGE}\r\n\r\n`), 431],
];

/** What clients send before they close their half of a connection. */
export const HALF_CLOSED: readonly (readonly [what: string, bytes: string])[] = [
  ['nothing', ''],
  ['a part of a head', 'GET /healthz HT'],
  ['a request without a body', answered],
  ['a request with its body', post('Content-Length: 3\r\n', 'a=b')],
  ['a part of a body', post('Content-Length: 30\r\n', 'a=b')],
  ['a chunk', chunked('3\r\na=b\r\n')],
];
