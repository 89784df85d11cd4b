interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/** The cookies of one origin, as a browser holds them. */
export class Cookies {
  readonly #held: Map<string, Cookie>;

  constructor(from?: Cookies) {
    this.#held = new Map(from === undefined ? [] : from.#held);
  }

  /** Applies the `Set-Cookie` headers of a response to a request for this path. */
  apply(lines: readonly string[], requestPath: string, now = Date.now()): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(';');
      const equals = pair.indexOf('=');
      const path = attributeOf(attributes, 'path') ?? folderOf(requestPath);
      const cookie = { name: pair.slice(0, equals).trim(), value: pair.slice(equals + 1).trim(), path };
      if (isExpired(attributes, now)) this.#held.delete(`${path} ${cookie.name}`);
      else this.#held.set(`${path} ${cookie.name}`, cookie);
    }
  }

  /** The `Cookie` header for a path, if there is a cookie for it. */
  headerFor(requestPath: string): string | undefined {
    const [path = '/'] = requestPath.split('?');
    const matching = [...this.#held.values()].filter((cookie) => covers(cookie.path, path));
    return matching.length === 0
      ? undefined
      : matching.map(({ name, value }) => `${name}=${value}`).join('; ');
  }
}

const covers = (cookiePath: string, path: string): boolean =>
  path === cookiePath || path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);

const folderOf = (requestPath: string): string => {
  const [path = '/'] = requestPath.split('?');
  return path.slice(0, path.lastIndexOf('/')) || '/';
};

function isExpired(attributes: readonly string[], now: number): boolean {
  const maxAge = attributeOf(attributes, 'max-age');
  if (maxAge !== undefined) return Number(maxAge) <= 0;
  const expires = attributeOf(attributes, 'expires');
  return expires !== undefined && Date.parse(expires) <= now;
}

const attributeOf = (attributes: readonly string[], name: string): string | undefined => {
  const start = `${name}=`;
  const found = attributes.map((one) => one.trim()).find((one) => one.toLowerCase().startsWith(start));
  return found?.slice(start.length);
};
