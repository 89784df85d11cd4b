export type { PresentedRequest } from './dpop/proof.ts';
export { createMemoryReplays, type ProofReplays } from './dpop/replays.ts';
export { IssuerUnavailable } from './issuer/unavailable.ts';
export { protectedResourceMetadata, type ProtectedResourceMetadata } from './metadata.ts';
export type {
  ApiCredentials,
  ApiTerms,
  IntrospectionOptions,
  ResourceServerOptions,
  RevocationOptions,
} from './options.ts';
export { type Admission, createResourceServer, type ResourceServer } from './resource-server.ts';
export type { AccessToken, VerifiedToken, VerifyToken } from './token/access-token.ts';
export { createTokenVerifier } from './token/verify.ts';
