export { type ClientIdUrl, isDocumentId, type JudgedClientIdUrl, judgeClientIdUrl } from '@vestibule/core';
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
export { type DocumentRules, type JudgedDocument, judgeDocument } from './judge-document.ts';
export { createMetadataDocuments, type MetadataDocumentOptions } from './metadata-documents.ts';
export { storedVerifications, type StoredVerificationOptions } from './stored-verifications.ts';
