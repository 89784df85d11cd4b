export type {
  Fetched,
  FetchFailure,
  FetchFailureReason,
  FetchOutcome,
  FetchRequest,
  GuardedFetch,
  NotModified,
} from './fetch-document.ts';
export { type Freshness, readFreshness, type ResponseHeaders } from './freshness.ts';
