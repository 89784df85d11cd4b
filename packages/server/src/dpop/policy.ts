import { type DpopPolicy, type Realm, sameResource } from '@vestibule/core';

/** What an API of the realm wants of proofs. One that there is not wants none. */
export const dpopPolicyOf = ({ apis }: Pick<Realm, 'apis'>, resource: string): DpopPolicy =>
  apis.find((api) => sameResource(api.resource, resource))?.dpop ?? 'off';

/** Whether any API of the realm takes tokens that are bound to a key. */
export const speaksDpop = ({ apis }: Pick<Realm, 'apis'>): boolean =>
  apis.some(({ dpop = 'off' }) => dpop !== 'off');
