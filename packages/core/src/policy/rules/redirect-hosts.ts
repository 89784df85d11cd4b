import { matchesHost, refusesHost } from '../../redirect-uri/host-pattern.ts';
import { quote } from '../../text/quote.ts';
import type { Rule } from '../rule.ts';
import { defineRule, kept } from '../rule.ts';

/**
 * A realm can list hosts that https redirect URIs must not have, and hosts that are the only allowed ones. The list of an
 * initial access token replaces the second. Loopback redirect URIs are not affected; private-use schemes are not allowed
 * with such a token.
 */
export const redirectHosts: Rule = defineRule(
  'redirect-uris.accepted-host',
  'RFC 7591 §5',
  (draft, { settings: { allowedRedirectHosts, refusedRedirectHosts }, bounds }) => {
    const allowed =
      bounds?.redirectHosts ?? (allowedRedirectHosts.length > 0 ? allowedRedirectHosts : undefined);
    for (const uri of draft.redirectUris) {
      if (uri.kind === 'private-use' && bounds?.redirectHosts !== undefined) {
        return {
          outcome: 'refused',
          code: 'invalid_redirect_uri',
          description: `redirect_uris holds ${quote(uri.raw)}; the initial access token allows certain hosts and this computer only`,
        };
      }
      if (uri.kind !== 'https') continue;
      const isAllowed = allowed?.some((pattern) => matchesHost(pattern, uri.host)) ?? true;
      const isRefused = refusedRedirectHosts.some((pattern) => refusesHost(pattern, uri.host));
      if (isAllowed && !isRefused) continue;
      return {
        outcome: 'refused',
        code: 'invalid_redirect_uri',
        description: `redirect_uris leads to ${quote(uri.host)}, a host that is not accepted here`,
      };
    }
    return kept;
  },
);
