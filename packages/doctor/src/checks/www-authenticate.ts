/**
 * The schemes of a challenge, in lower case.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1 RFC 9110 §11.6.1}
 */
export const schemesIn = (header: string): readonly string[] =>
  withoutQuoted(header)
    .split(',')
    .map((part) => /^\s*([\w-]+)(?:\s|$)(?!\s*=)/.exec(part)?.[1]?.toLowerCase())
    .filter((scheme) => scheme !== undefined);

/** Commas inside quotes do not separate challenges. */
const withoutQuoted = (header: string): string => header.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');

/** A parameter of a challenge, quoted or not. */
export function parameterOf(header: string, name: string): string | undefined {
  for (const [, key, quoted, token] of header.matchAll(
    /(?<![\w-])([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))/g,
  )) {
    if (key?.toLowerCase() === name) return quoted?.replaceAll(/\\(.)/g, '$1') ?? token;
  }
  return undefined;
}
