/** The address of a database, read; or why it cannot be. Neither member that is for people holds a password. */
export type Address =
  | {
      readonly ok: true;
      /** As the driver takes it. */
      readonly url: string;
      /** What may be printed of it: the scheme and the host alone. */
      readonly place: string;
    }
  | {
      readonly ok: false;
      /** What the address must be, in words that go on after a name for it. */
      readonly problem: string;
    };

const FORM = 'postgres://user:password@host:5432/database';

const RESERVED =
  'In a user name, a password and a database name / is written %2F, ? is %3F, # is %23, @ is %40, : is %3A, [ is %5B, ] is %5D, % is %25 and a space is %20';

/** Scheme, authority, path and query (RFC 3986 §3). A fragment, which is no part of an address, fits none of them. */
const PARTS = /^(postgres(?:ql)?):\/\/([^/?#]*)((?:\/[^?#]*)?)(\?[^#]*)?$/i;

const HOST_AND_PORT = /^(\[[0-9a-f:.]+\]|[^:[\]@]*)(?::(\d{1,5}))?$/i;

const HOST_AND_ANY_PORT = /^(?:\[[0-9a-f:.]+\]|[^:[\]@]+):([^:[\]@]*)$/i;

/**
 * Reads an address strictly: where a character of a password would be taken for the end of the password, it is refused
 * rather than read as a host, so that no error names a part of the password.
 *
 * Besides hosts it reads Unix sockets as libpq writes them: `postgres:///database?host=/var/run/postgresql`, and
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
 * Whether what stands behind a host is no port. Without user and password digits alone are sure to be meant as one: other
 * text may be a password whose host is missing.
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
