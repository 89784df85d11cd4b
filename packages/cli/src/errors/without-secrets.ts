/** Secrets that are made here, by what they begin with. */
const OWN = /\bv(?:it|cs|as)_[\w-]{8,}/g;

/** A parameter of an address, or a word of a connection string. */
const PASSWORD = /\b((?:password|secret|token|key)=)[^\s&'"]+/gi;

/**
 * Where the scheme of an address ends. Those of databases are known though a slash is missing; a file has neither user nor
 * password, except where somebody wrote both.
 */
const SCHEME_END =
  /(?::\/\/|(?<=\b(?:postgres|postgresql|mysql|mariadb)):|(?<=\bsqlite):(?!\/*[a-z]:[\\/])(?=[^\s:]*:\S*@))(?!…)/i;

/** An address as messages and help spell it, for people to fill in. */
const EXAMPLE = 'postgres://user:password@';

/** Whether a text holds something that {@link withoutSecrets} leaves out. */
export const holdsSecret = (text: string): boolean => withoutSecrets(text) !== text;

/**
 * As {@link withoutSecrets}, for a message that may repeat one of these arguments: what stands between two of them in a line
 * stays.
 */
export const withoutSecretsOf = (args: readonly string[], message: string): string =>
  withoutSecrets(
    args
      .filter(holdsSecret)
      .toSorted((a, b) => b.length - a.length)
      .reduce((text, arg) => text.replaceAll(arg, () => withoutSecrets(arg)), message),
  );

/**
 * Text without the secrets that somebody wrote where they do not belong: addresses with a user name or a password in
 * them, `password=…`, and secrets that Vestibule makes. For what repeats an argument or a variable. It errs on the safe
 * side: of a line, what stands between an address and its last `@` is left out.
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
