import { askIssuer } from '../issuer/ask.ts';
import { IssuerUnavailable } from '../issuer/unavailable.ts';
import type { IntrospectionOptions, ResourceServerOptions } from '../options.ts';
import { readClaims, type VerifyToken } from './access-token.ts';

/** Many times the size of an introspection response. */
const MAX_BYTES = 65_536;

/**
 * Introspects each token at the issuer. Revoked tokens and closed gates take effect at once, at the price of one request per
 * token.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-2 RFC 7662 §2}
 */
export function verifyByIntrospection(
  options: ResourceServerOptions,
  { credentials, uri = `${options.issuer}/connect/introspect`, maxAtOnce = 100 }: IntrospectionOptions,
): VerifyToken {
  let asking = 0;

  async function ask(token: string): Promise<Readonly<Record<string, unknown>>> {
    if (asking >= maxAtOnce) {
      throw new IssuerUnavailable(`${uri} is asked about ${maxAtOnce} tokens already.`);
    }
    asking += 1;
    try {
      const form = new URLSearchParams({ token });
      return await askIssuer(options, { uri, credentials, form, maxBytes: MAX_BYTES });
    } finally {
      asking -= 1;
    }
  }

  return async (token) => {
    const answer = await ask(token);
    if (answer['active'] !== true) return { ok: false, reason: 'the issuer says that it is not active' };
    if (answer['iss'] !== undefined && answer['iss'] !== options.issuer) {
      return { ok: false, reason: 'it is by another issuer' };
    }
    return readClaims(answer, options.resource);
  };
}
