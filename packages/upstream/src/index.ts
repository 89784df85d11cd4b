export { signInUpstream } from './sign-in-upstream.ts';
export type { ClientKey, UpstreamOptions } from './options.ts';
export type { UpstreamGroups } from './groups.ts';
export type { UpstreamFailure, UpstreamRule } from './failure.ts';
export { isPresetName, PRESETS, type UpstreamPreset, type UpstreamPresetName } from './presets.ts';
export { providerTokens } from './provider-tokens.ts';
export type { ProviderApi, ProviderTokensOptions } from './token-options.ts';
