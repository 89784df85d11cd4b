import { checkOptions } from '@vestibule/core';
import { createRegistrar } from '@vestibule/core/registration';
import { randomToken, sha256 } from '@vestibule/http';
import type { Configuration, Interaction, Provider } from 'oidc-provider';
import { contextOf } from './bridge-context.ts';
import { BRIDGE_OPTIONS, type OidcProviderBridgeOptions } from './bridge-options.ts';
import { configured } from './configuration/configure.ts';
import { consentCase, type ConsentFacts } from './consent/consent-facts.ts';
import { attach } from './routes/attach.ts';

/** Self-registered clients in front of an oidc-provider. */
export interface OidcProviderBridge {
  /**
   * The configuration to create the provider with, from yours.
   *
   * @throws TypeError with one line for each member that would let a self-registered client around a rule
   */
  configure(yours: Configuration): Configuration;
  /**
   * Adds routes to the provider: registration and its management, the consent page, and what is open to its metadata. They are part of
   * `provider.callback()`, wherever it is mounted.
   *
   * @throws TypeError if the provider has another issuer
   */
  attach(provider: Provider): void;
  /**
   * What a consent page of your own has to display about a self-registered client.
   *
   * @throws an error of oidc-provider if the client must not act, or a gate is closed
   */
  consentFacts(interaction: Interaction): Promise<ConsentFacts>;
}

/**
 * Puts dynamic client registration, metadata documents, the policy and the three gates in front of an oidc-provider. Your clients, people,
 * grants and tokens stay where they are.
 *
 * @throws TypeError that names each option that is unknown, missing or has the wrong type
 * @example
 * ```ts
 * import { vestibuleForOidcProvider } from '@vestibule/oidc-provider';
 * import { createSqliteStores, openDatabase } from '@vestibule/sqlite';
 * import { type Configuration, Provider } from 'oidc-provider';
 *
 * function createProvider(yours: Configuration): Provider {
 *   const issuer = 'https://id.example';
 *   const bridge = vestibuleForOidcProvider({
 *     ...createSqliteStores(openDatabase({ path: './agents.db' })),
 *     realm: 'main',
 *     issuer,
 *     connectedApps: `${issuer}/apps`,
 *     onError: console.error,
 *   });
 *   const provider = new Provider(issuer, bridge.configure(yours));
 *   bridge.attach(provider);
 *   return provider;
 * }
 * ```
 */
export function vestibuleForOidcProvider(options: OidcProviderBridgeOptions): OidcProviderBridge {
  checkOptions('vestibuleForOidcProvider', options, BRIDGE_OPTIONS, { others: 'allowed' });
  const context = contextOf(options);
  const { realms, clients, commit, audit, clock, rules, initialAccessTokens, statements } = context;
  const registrar = createRegistrar({
    realms,
    clients,
    commit,
    audit,
    clock,
    ...rules,
    generateToken: randomToken,
    hash: sha256,
    managementUri: (_, clientId) => `${context.issuer}${context.registrationPath}/${clientId}`,
    ...(initialAccessTokens !== undefined && { initialAccessTokens }),
    ...(statements !== undefined && { statements }),
  });
  return {
    configure: (yours) => configured(context, yours),
    attach: (provider) => attach(context, registrar, provider),
    consentFacts: async (interaction) => (await consentCase(context, interaction)).facts,
  };
}
