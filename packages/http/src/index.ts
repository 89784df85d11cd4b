export { checkOptions, isLoopbackUrl, type OptionTable } from '@vestibule/core';
export { isAddress } from './client-address/is-address.ts';
export { addressKey } from './client-address/address-key.ts';
export { forwardedAddress } from './client-address/forwarded-address.ts';
export { sourceOf } from './client-address/source.ts';
export { bearerToken } from './authorization/bearer.ts';
export { hasMediaType } from './body/media-type.ts';
export { type JsonBody, readJson } from './body/read-json.ts';
export { type BodyText, MAX_BODY_BYTES, readText } from './body/read-text.ts';
export { randomToken } from './random-token.ts';
export { sha256 } from './hash.ts';
export type { Endpoint, Handler, RequestInfo, Route } from './handler.ts';
export {
  type CorsOptions,
  headersForPages,
  preflightHeaders,
  readableByPages,
  withCors,
} from './response/cors.ts';
export {
  type Failure,
  failureOf,
  failureResponse,
  type OnError,
  withErrorBoundary,
} from './response/error-boundary.ts';
export {
  ASK_EACH_TIME,
  createDocumentPreparer,
  documentEndpoint,
  type DocumentSource,
  type PrepareDocument,
  type PreparedDocument,
} from './response/document.ts';
export { type KnownBody, streamOf } from './response/known-body.ts';
export type { PlainHeaders, PlainRequest, RequestHead } from './program/plain-request.ts';
export { plainEndpoint, type PlainHandler } from './program/plain-endpoint.ts';
export { programEndpoint, type ProgramEndpoint } from './program/program-endpoint.ts';
export { errorReply, JSON_HEADERS, jsonReply, type Reply, tooManyReply } from './program/reply.ts';
export { json, oauthError, tooMany } from './response/json.ts';
export { allowedMethods, allowMethods, methodNotAllowed } from './response/methods.ts';
export { type HandledRoutes, handleRoutes } from './route/handle-routes.ts';
export { requireOrigin } from './route/origin.ts';
export { createRouteTable, type RouteTable } from './route/route-table.ts';
export { pathBySlashes } from './route/slashes.ts';
