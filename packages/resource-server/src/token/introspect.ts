import { askIssuer } from '../issuer/ask.ts';
import type { IntrospectionOptions, ResourceServerOptions } from '../options.ts';
import { readClaims, type VerifyToken } from './access-token.ts';

/**
 * Asks the issuer about each token: what was revoked or closed counts no more at once, at the price of a request for each.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-2 RFC 7662 §2}
 */
export function verifyByIntrospection(
  options: ResourceServerOptions,
  { credentials, uri = `${options.issuer}/connect/introspect` }: IntrospectionOptions,
): VerifyToken {
  return async (token) => {
    const answer = await askIssuer(options, { uri, credentials, form: new URLSearchParams({ token }) });
    if (answer['active'] !== true) return { ok: false, reason: 'the issuer says that it is not active' };
    if (answer['iss'] !== undefined && answer['iss'] !== options.issuer) {
      return { ok: false, reason: 'it is by another issuer' };
    }
    return readClaims(answer, options.resource);
  };
}
