/** Secrets that Vestibule generates, recognized by their prefix. */
const OWN = /\bv(?:it|cs|as)_[\w-]{8,}/g;

/** A secret parameter of a URL, or a secret keyword of a connection string. */
const PASSWORD = /\b((?:password|secret|token|key)=)[^\s&'"]+/gi;

/**
 * The end of a URL's scheme. Database schemes are recognized even if a slash is missing. A `sqlite:` URL has no user and
 * password, unless it contains a colon and an `@`.
 */
const SCHEME_END =
  /(?::\/\/|(?<=\b(?:postgres|postgresql|mysql|mariadb)):|(?<=\bsqlite):(?!\/*[a-z]:[\\/])(?=[^\s:]*:\S*@))(?!…)/i;

/** The placeholder for a PostgreSQL URL in messages and help. */
const EXAMPLE = 'postgres://user:password@';

/** Whether a text contains something that {@link withoutSecrets} removes. */
export const holdsSecret = (text: string): boolean => withoutSecrets(text) !== text;

/**
 * Like {@link withoutSecrets}, for a message that may repeat some of these arguments: the text between two arguments on a
 * line is kept.
 */
export const withoutSecretsOf = (args: readonly string[], message: string): string =>
  withoutSecrets(
    args
      .filter(holdsSecret)
      .toSorted((a, b) => b.length - a.length)
      .reduce((text, arg) => text.replaceAll(arg, () => withoutSecrets(arg)), message),
  );

/**
 * Removes secrets from a text that repeats an argument or a variable: user names and passwords in URLs, the values of
 * `password=…`, and secrets that Vestibule generates. It errs on the safe side: on each line it removes everything from the
 * scheme of a URL to the last `@`.
 */
export const withoutSecrets = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      withoutUserInfo(line)
        .replace(PASSWORD, '$1…')
        .replace(OWN, (secret) => `${secret.slice(0, 4)}…`),
    )
    .join('\n');

function withoutUserInfo(line: string): string {
  if (line.includes(EXAMPLE)) return line.split(EXAMPLE).map(withoutUserInfo).join(EXAMPLE);
  const start = line.search(SCHEME_END);
  const at = line.lastIndexOf('@');
  if (start < 0 || at < start) return line;
  const behind = line.slice(at).search(/[\s'"”]|$/);
  return `${line.slice(0, start)}:…${line.slice(at + behind)}`;
}
