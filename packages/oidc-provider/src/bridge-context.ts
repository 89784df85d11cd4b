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

/**
 * The options with all defaults.
 *
 * @throws TypeError if the issuer or a path has a form that no address can be made of
 */
export function contextOf({ policy, vendors, ...options }: OidcProviderBridgeOptions): BridgeContext {
  const { issuer, registrationPath = '/', consentPath = '/' } = options;
  if (issuer.endsWith('/')) throw new TypeError(`The issuer ${issuer} must not end with a slash.`);
  for (const path of [registrationPath, consentPath]) {
    if (!path.startsWith('/')) throw new TypeError(`The path ${path} must begin with a slash.`);
  }
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
  issuer,
}: Pick<BridgeContext, 'realms' | 'realm' | 'issuer'>): Promise<Realm> {
  const realm = await findRealm(realms, id);
  if (realm === undefined) throw new Error(`The realm ${id} does not exist.`);
  if (realm.issuer !== issuer) {
    throw new Error(`The realm ${id} has the issuer ${realm.issuer}, but the provider has ${issuer}.`);
  }
  return realm;
}
