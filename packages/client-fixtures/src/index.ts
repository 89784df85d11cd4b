export type { AnswerCheck } from './answer/check.ts';
export { answerChecks } from './answer/checks.ts';
export {
  type AuthorizationRequest,
  authorizationUrl,
  NAVIGATION_HEADERS,
  type ReadResponse,
  type Reply,
  replyOf,
} from './authorization/ask.ts';
export { UNREGISTERED } from './authorization/judge.ts';
export type { DocumentFixture, PublishedDocument } from './documents/document-fixture.ts';
export { documents } from './documents/documents.ts';
export { fixtures } from './fixture/all.ts';
export type { AnswerNeeds, Fixture, RegistrationBody, ScopeHabit } from './fixture/fixture.ts';
export type { Redirect } from './redirects/redirect.ts';
export type { Answer } from './registration/register.ts';
export type { CheckOutcome, Step } from './run/outcome.ts';
export { type DocumentRunOptions, runDocuments, runFixtures, type RunOptions } from './run/run.ts';
export { metadataUrls } from './server/discover.ts';
export { ServerNotFound } from './server/not-found.ts';
export type { ClientKind } from './server/offers.ts';
export { metadataUrlOf as resourceMetadataUrl } from './server/resource.ts';
export { quote } from './server/say.ts';
export { type Fetch, send, type Sent } from './server/send.ts';
