export { type OidcProviderBridge, vestibuleForOidcProvider } from './bridge.ts';
export type { OidcProviderBridgeOptions } from './bridge-options.ts';
export type { ConsentFacts } from './consent/consent-facts.ts';
export { createMemoryAdapter, type MemoryAdapter } from './memory-adapter.ts';
