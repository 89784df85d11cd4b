/** A parsed database URL, or why it is invalid. Neither `place` nor `problem` contains a password. */
export type Address =
  | {
      readonly ok: true;
      /** The URL in the form that the driver accepts. */
      readonly url: string;
      /** The printable part: scheme and host only. */
      readonly place: string;
    }
  | {
      readonly ok: false;
      /** What the URL must be, as the continuation of a sentence that begins with its name. */
      readonly problem: string;
    };

const FORM = 'postgres://user:password@host:5432/database';

const RESERVED =
  'In a user name, a password and a database name / is written %2F, ? is %3F, # is %23, @ is %40, : is %3A, [ is %5B, ] is %5D, % is %25 and a space is %20';

/** Scheme, authority, path and query (RFC 3986 §3). A URL with a fragment does not match. */
const PARTS = /^(postgres(?:ql)?):\/\/([^/?#]*)((?:\/[^?#]*)?)(\?[^#]*)?$/i;

const HOST_AND_PORT = /^(\[[0-9a-f:.]+\]|[^:[\]@]*)(?::(\d{1,5}))?$/i;

const HOST_AND_ANY_PORT = /^(?:\[[0-9a-f:.]+\]|[^:[\]@]+):([^:[\]@]*)$/i;

/**
 * Parses a database URL strictly: a character that could end a password is refused instead of being read as the beginning of
 * a host, so that no error message contains a part of the password.
 *
 * Supports Unix sockets in the forms of libpq: `postgres:///database?host=/var/run/postgresql`, and
 * `postgres://%2Fvar%2Frun%2Fpostgresql/database`.
 *
 * @see {@link https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS connection URIs of libpq}
 */
export function readAddress(address: string): Address {
  const spelled = address.trim().replaceAll(' ', '%20');
  const [, scheme, authority = '', path = '', query = ''] = PARTS.exec(spelled) ?? [];
  if (scheme === undefined) {
    return /^postgres(?:ql)?:\/\//i.test(spelled) ? reserved() : unreadable(`must look like ${FORM}`);
  }
  const at = authority.lastIndexOf('@');
  const user = authority.slice(0, Math.max(at, 0));
  const [, written, port] = HOST_AND_PORT.exec(authority.slice(at + 1)) ?? [];
  const isWhole = written !== undefined && Number(port ?? 1) >= 1 && Number(port ?? 1) <= 65_535;
  const isEncoded = [user, written ?? '', path, query].every(isPercentEncoded);
  const isReadable = isEncoded && !`${path}${query}`.includes('@');
  if (isReadable && hasWrongPort(authority, at)) {
    return unreadable('must have a port between 1 and 65535 behind the host, or none for 5432');
  }
  if (!isWhole || !isEncoded || `${path}${query}`.includes('@')) return reserved();
  const host = new URLSearchParams(query).get('host') || decodeURIComponent(written);
  if (host.includes(',')) return unreadable('must name one host; several are not supported');
  if (host === '') {
    return unreadable(
      `must name a host, or the folder of a socket: ${scheme}:///database?host=/var/run/postgresql`,
    );
  }
  if (path.length < 2) return unreadable(`must name a database behind the host: ${FORM}`);
  const lowerCase = scheme.toLowerCase();
  return {
    ok: true,
    url: `${lowerCase}${spelled.slice(scheme.length)}`,
    place: host.startsWith('/') ? `${lowerCase}:///?host=${host}` : `${lowerCase}://${host}`,
  };
}

/**
 * Whether the text after the host is not a port. Without user and password only digits are certainly meant as a port: other
 * text may be a password without its host.
 */
function hasWrongPort(authority: string, at: number): boolean {
  const [, port] = HOST_AND_ANY_PORT.exec(authority.slice(at + 1)) ?? [];
  if (port === undefined) return false;
  const isInRange = /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535;
  return !isInRange && (at >= 0 || /^\d+$/.test(port));
}

function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

const unreadable = (problem: string): Address => ({ ok: false, problem: `${problem}.` });

const reserved = (): Address => unreadable(`must look like ${FORM}. ${RESERVED}`);
