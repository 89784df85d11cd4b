/**
 * Checks the origin under which routes are served.
 *
 * @throws Error if a text is not scheme, host and port alone
 */
export function requireOrigin(origin: string): void {
  if (URL.parse(origin)?.origin !== origin) {
    throw new Error(`The origin ${origin} must be scheme, host and port alone, such as https://id.example.`);
  }
}
