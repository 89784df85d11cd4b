import { isIssuersOwn } from '../../realm/issuer.ts';
import { parseRedirectUri } from '../../redirect-uri/parse-redirect-uri.ts';
import type { RedirectUri } from '../../redirect-uri/redirect-uri.ts';
import { quote } from '../../text/quote.ts';
import type { Rule } from '../rule.ts';
import { defineRule, kept } from '../rule.ts';

/** The largest number of redirect URIs of one client. */
export const MAX_REDIRECT_URIS = 10;

/** A client must register one to ten redirect URIs. */
export const redirectUriCount: Rule = defineRule('redirect-uris.count', 'RFC 7591 §2', (draft) => {
  const count = draft.metadata.redirect_uris?.length ?? 0;
  if (count > 0 && count <= MAX_REDIRECT_URIS) return kept;
  return {
    outcome: 'refused',
    code: 'invalid_redirect_uri',
    description: `redirect_uris must hold 1 to ${MAX_REDIRECT_URIS} URIs; it holds ${count}`,
  };
});

/** Checks each redirect URI as a raw string and parses it once for all following rules. Repeated URIs count once. */
export const redirectUriForm: Rule = defineRule(
  'redirect-uris.form',
  'RFC 9700 §4.1.3, RFC 8252 §7',
  (draft) => {
    const from = draft.metadata.redirect_uris ?? [];
    const to = from.length < 2 ? from : [...new Set(from)];
    const redirectUris: RedirectUri[] = [];
    for (const raw of to) {
      const parsed = parseRedirectUri(raw);
      if (!parsed.ok) {
        return {
          outcome: 'refused',
          code: 'invalid_redirect_uri',
          rule: parsed.rule,
          description: `redirect_uris[${from.indexOf(raw)}] ${quote(raw)} ${parsed.problem}`,
        };
      }
      redirectUris.push(parsed.uri);
    }
    if (to.length === from.length) return { outcome: 'kept', draft: { ...draft, redirectUris } };
    return { outcome: 'narrowed', draft: { ...draft, redirectUris }, from, to };
  },
);

/**
 * Refuses redirect URIs to the authorization server itself. A code that is sent there belongs to no client, and at another
 * port of the host a client would receive the cookies of people who are signed in here. The same holds for the other realms
 * of the server.
 */
export const foreignRedirectUris: Rule = defineRule(
  'redirect-uris.own-host',
  'RFC 9700 §4.1, RFC 6265 §8.5',
  (draft, { issuer, neighbours = [] }) => {
    const issuers = [...(issuer === undefined ? [] : [issuer]), ...neighbours.map((other) => other.issuer)];
    const own = draft.redirectUris.find((uri) => issuers.some((one) => isIssuersOwn(one, uri)));
    if (own === undefined) return kept;
    return {
      outcome: 'refused',
      code: 'invalid_redirect_uri',
      description: `redirect_uris holds ${quote(own.raw)}, which leads to the authorization server itself; name the client's own address`,
    };
  },
);

/** Drops private-use redirect URIs if the realm turns them off. At least one URI must be left. */
export const privateUseRedirectUris: Rule = defineRule(
  'redirect-uris.private-use',
  'RFC 8252 §7.1',
  (draft, { settings }) => {
    if (settings.privateUseSchemes) return kept;
    const redirectUris = draft.redirectUris.filter((uri) => uri.kind !== 'private-use');
    if (redirectUris.length === draft.redirectUris.length) return kept;
    if (redirectUris.length === 0) {
      return {
        outcome: 'refused',
        code: 'invalid_redirect_uri',
        description:
          'redirect_uris must hold an https or loopback URI; private-use schemes are not accepted here',
      };
    }
    const [from, to] = [draft.redirectUris, redirectUris].map((uris) => uris.map((uri) => uri.raw));
    return { outcome: 'narrowed', draft: { ...draft, redirectUris }, from, to };
  },
);
