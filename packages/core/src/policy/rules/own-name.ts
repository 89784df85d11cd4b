import { taggedMembers } from '../../metadata/language.ts';
import { isTheirs } from '../../brand/is-theirs.ts';
import { resemblesOwn } from '../../brand/resemblance.ts';
import { defineRule, kept, type Rule } from '../rule.ts';

/**
 * A client may not call itself by the name of the realm, of one of its APIs or of the issuer's host, with or without words such as
 * `official`, `login` and `administrator`, or by what looks like one: on our page that name is ours. One that leads back to the API's own
 * host alone may, and so may one that is vouched for. The person's own computer proves nothing. The names and hosts of the
 * server's other realms are reserved alike.
 */
export const ownName: Rule = defineRule('client-name.own', 'RFC 7591 §5, UTS #39', (draft, context) => {
  const { own, neighbours = [], vouched = false } = context;
  if (vouched) return kept;
  const realms = [...(own === undefined ? [] : [own]), ...neighbours.map((other) => other.own)];
  const ours = realms.filter((realm) => !draft.redirectUris.every((uri) => isTheirs(uri, realm)));
  if (ours.length === 0) return kept;
  const names = [
    { name: 'client_name', value: draft.metadata.client_name ?? '' },
    ...taggedMembers(draft.metadata).filter(({ member }) => member === 'client_name'),
  ];
  const claimed = names.find(({ value }) => resemblesOwn(value, ours));
  if (claimed === undefined) return kept;
  return {
    outcome: 'refused',
    code: 'invalid_client_metadata',
    description: `${claimed.name} is, or looks like, a name of this server or of one of its APIs; choose another`,
  };
});
