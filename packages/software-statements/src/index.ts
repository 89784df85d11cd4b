export type { AssertionOptions as StatementVerifierOptions } from '@vestibule/assertions';
export { createStatementVerifier } from './verifier.ts';
