/** Secrets that are made here, by what they begin with. */
const OWN = /\bv(?:it|cs|as)_[\w-]{8,}/g;

/** A parameter of an address, or a word of a connection string. */
const PASSWORD = /\b((?:password|secret|token|key)=)[^\s&'"]+/gi;

/** Where the scheme of an address ends. Those of databases are known though a slash is missing. */
const SCHEME_END = /:\/\/|(?<=\b(?:postgres|postgresql|mysql|mariadb)):/i;

/** An address as messages and help spell it, for people to fill in. */
const EXAMPLE = 'postgres://user:password@';

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
  const behind = line.slice(at).search(/[\s'"]|$/);
  return `${line.slice(0, start)}:…${line.slice(at + behind)}`;
}
