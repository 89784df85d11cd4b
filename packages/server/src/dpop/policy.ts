import { sameResource } from '@vestibule/core';
import type { DpopPolicy, Realm } from '@vestibule/core/realm';

/** The DPoP policy of an API of the realm; `off` for an unknown API. */
export const dpopPolicyOf = ({ apis }: Pick<Realm, 'apis'>, resource: string): DpopPolicy =>
  apis.find((api) => sameResource(api.resource, resource))?.dpop ?? 'off';

/** Whether any API of the realm accepts sender-constrained tokens. */
export const speaksDpop = ({ apis }: Pick<Realm, 'apis'>): boolean =>
  apis.some(({ dpop = 'off' }) => dpop !== 'off');
