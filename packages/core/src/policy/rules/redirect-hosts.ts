import { matchesHost, refusesHost } from '../../redirect-uri/host-pattern.ts';
import { quote } from '../../text/quote.ts';
import type { Rule } from '../rule.ts';
import { defineRule, kept } from '../rule.ts';

/**
 * A realm may name hosts that no https redirect URI may lead to, and hosts that alone one may lead to. For the second an
 * initial access token may have a list of its own, which then counts in its place. This computer
 * has no host in that sense; nor have private-use schemes, which such a token therefore leaves out.
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
