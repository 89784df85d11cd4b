export { protectedResourceMetadata, type ProtectedResourceMetadata } from './metadata.ts';
export type { ResourceServerOptions } from './options.ts';
export { type Admission, createResourceServer, type ResourceServer } from './resource-server.ts';
export { type AccessToken, createTokenVerifier, type VerifiedToken, type VerifyToken } from './verify.ts';
