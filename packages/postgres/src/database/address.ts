/** A parsed database URL, or why it is invalid. Neither `place` nor `problem` contains a password. */
export type Address =
  | {
      readonly ok: true;
      /** The URL, with its scheme in lower case and without spaces. */
      readonly url: string;
      /** For each host a URL in the form that the driver accepts. At least one. */
      readonly hosts: readonly string[];
      /** Whether a host that accepts no writes, such as a standby, must not be used. */
      readonly mustBeWritable: boolean;
      /** The printable part: scheme and hosts only. */
      readonly place: string;
    }
  | {
      readonly ok: false;
      /** What the URL must be, as the continuation of a sentence that begins with its name. */
      readonly problem: string;
    };

const FORM = 'postgres://user:password@host:5432/database';

const SEVERAL = 'postgres://user:password@host1:5432,host2:5432/database';

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
 * Supports the forms of libpq for Unix sockets, `postgres:///database?host=/var/run/postgresql` and
 * `postgres://%2Fvar%2Frun%2Fpostgresql/database`, and for the servers of one database, of which one accepts writes:
 * `postgres://user:password@host1:5432,host2:5432/database`.
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
  const user = authority.slice(0, at + 1);
  const written = authority.slice(at + 1).split(',');
  const several = written.length > 1;
  const names = written.map(nameOf);
  const isEncoded = [user, path, query, ...written].every(isPercentEncoded);
  const isReadable = isEncoded && !`${path}${query}`.includes('@');
  if (isReadable && written.some((host) => hasWrongPort(host, user !== ''))) {
    return unreadable('must have a port between 1 and 65535 behind the host, or none for 5432');
  }
  // Without a user, what follows a comma may be a part of a password without its host.
  if (!isReadable || names.includes(undefined) || (several && user === '')) return reserved();
  const parameters = new URLSearchParams(query);
  const inQuery = parameters.get('host') ?? '';
  const hosts = names.map((name = '') => inQuery || decodeURIComponent(name));
  if (hosts.some((host) => host.includes(',')) || (inQuery !== '' && several)) {
    return unreadable(`must name several hosts before the database: ${SEVERAL}`);
  }
  if (hosts.includes('')) {
    return unreadable(
      several
        ? `must name a host before and behind each comma: ${SEVERAL}`
        : `must name a host, or the folder of a socket: ${scheme}:///database?host=/var/run/postgresql`,
    );
  }
  if (path.length < 2) return unreadable(`must name a database behind the host: ${FORM}`);
  const wanted = parameters.get('target_session_attrs') ?? (several ? 'read-write' : 'any');
  const mustBeWritable = wanted === 'read-write' || wanted === 'primary';
  if (!mustBeWritable && (several || wanted !== 'any')) {
    return unreadable('must have target_session_attrs=read-write or none, because every node writes');
  }
  const lowerCase = scheme.toLowerCase();
  const urlOf = (host: string): string => `${lowerCase}://${user}${host}${path}${query}`;
  const [first = ''] = hosts;
  return {
    ok: true,
    url: urlOf(written.join(',')),
    hosts: written.map(urlOf),
    mustBeWritable,
    place: first.startsWith('/')
      ? `${lowerCase}:///?host=${hosts.join(',')}`
      : `${lowerCase}://${hosts.join(',')}`,
  };
}

/** The name of a host without its port, possibly empty; `undefined` if it cannot be read. */
function nameOf(host: string): string | undefined {
  const [, name, port = '5432'] = HOST_AND_PORT.exec(host) ?? [];
  return Number(port) >= 1 && Number(port) <= 65_535 ? name : undefined;
}

/**
 * Whether the text after a host is not a port. Without user and password only digits are certainly meant as a port: other
 * text may be a password without its host.
 */
function hasWrongPort(host: string, hasUser: boolean): boolean {
  const [, port] = HOST_AND_ANY_PORT.exec(host) ?? [];
  if (port === undefined) return false;
  const isInRange = /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535;
  return !isInRange && (hasUser || /^\d+$/.test(port));
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
