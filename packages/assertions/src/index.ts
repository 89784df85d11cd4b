export { readHeader, type ReadHeader, type SignatureHeader } from './header.ts';
export type { KeySetFetch, KeySetOutcome, KeySetRequest } from './keys/key-set-fetch.ts';
export type { KeySource } from './keys/source.ts';
export type { AssertionOptions } from './options.ts';
export { readAssertion, type ReadAssertion } from './read.ts';
export { createSignatureCheck, type SignatureCheck, type SignatureVerdict } from './signature.ts';
export { isNumericDate, timeProblem } from './time.ts';
