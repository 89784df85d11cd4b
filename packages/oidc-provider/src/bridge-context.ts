import type { Clock } from '@vestibule/core';
import { dynamicClientPolicy, type ClientRules } from '@vestibule/core/policy';
import { findRealm, type Realm } from '@vestibule/core/realm';
import type { Pages } from '@vestibule/server';
import { createPages } from '@vestibule/consent-ui';
import type { OidcProviderBridgeOptions } from './bridge-options.ts';

/** The options of a bridge with all defaults. */
export interface BridgeContext extends Omit<OidcProviderBridgeOptions, 'policy' | 'vendors'> {
  readonly rules: Required<ClientRules>;
  readonly clock: Clock;
  readonly pages: Pages;
  readonly registrationPath: string;
  readonly consentPath: string;
}

/** The options with all defaults. */
export function contextOf({ policy, vendors, ...options }: OidcProviderBridgeOptions): BridgeContext {
  return {
    clock: Date.now,
    pages: createPages(),
    registrationPath: '/connect/register',
    consentPath: '/connect/consent',
    ...options,
    rules: { policy: policy ?? dynamicClientPolicy, vendors: vendors ?? [] },
  };
}

/** The realm as it is now. Read at every step, so that closing a gate takes effect at once. */
export async function currentRealm({
  realms,
  realm: id,
}: Pick<BridgeContext, 'realms' | 'realm'>): Promise<Realm> {
  const realm = await findRealm(realms, id);
  if (realm === undefined) throw new Error(`The realm ${id} does not exist.`);
  return realm;
}
