export { addressKey } from './address-key.ts';
export { hasMediaType } from './body/media-type.ts';
export { type BodyText, MAX_BODY_BYTES, readText } from './body/read-text.ts';
export { randomToken } from './entropy.ts';
export type { Endpoint, Handler, RequestInfo, Route } from './handler.ts';
export { createRegistrationEndpoint, type RegistrationEndpointOptions } from './registration/endpoint.ts';
export { type CorsOptions, withCors } from './response/cors.ts';
export {
  type Failure,
  failureOf,
  failureResponse,
  type OnError,
  withErrorBoundary,
} from './response/error-boundary.ts';
export { json, oauthError } from './response/json.ts';
export { allowMethods } from './response/methods.ts';
