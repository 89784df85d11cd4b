import { clientNames } from '../../metadata/language.ts';
import { isTheirs } from '../../brand/is-theirs.ts';
import { resemblesOwn } from '../../brand/resemblance.ts';
import { defineRule, kept, type Rule } from '../rule.ts';

/**
 * Refuses the name of the realm, of one of its APIs or of the issuer's host, with or without words such as `official`,
 * `login` and `administrator`, and what resembles such a name, because on our pages these names stand for the server.
 * Exceptions are clients whose only host is the API's own, and verified clients. Loopback redirect URIs prove nothing. The
 * names and hosts of the other realms of the server are reserved as well.
 */
export const ownName: Rule = defineRule('client-name.own', 'RFC 7591 §5, UTS #39', (draft, context) => {
  const { own, neighbours = [], vouched = false } = context;
  if (vouched) return kept;
  const realms = [...(own === undefined ? [] : [own]), ...neighbours.map((other) => other.own)];
  const ours = realms.filter((realm) => !draft.redirectUris.every((uri) => isTheirs(uri, realm)));
  if (ours.length === 0) return kept;
  const claimed = clientNames(draft.metadata).find(({ value }) => resemblesOwn(value, ours));
  if (claimed === undefined) return kept;
  return {
    outcome: 'refused',
    code: 'invalid_client_metadata',
    description: `${claimed.name} is, or looks like, a name of this server or of one of its APIs; choose another`,
  };
});
