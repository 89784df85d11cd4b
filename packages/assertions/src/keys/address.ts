/**
 * Checks the address of keys: https, so that keys cannot be replaced in transit.
 *
 * @throws Error if the address is any other
 */
export function checkJwksAddress(owner: string, jwksUri: string): void {
  const url = URL.parse(jwksUri);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new Error(
      `The jwksUri of ${owner} must be an https address without a user name. Correct its settings.`,
    );
  }
}
