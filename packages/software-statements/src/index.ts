export type { StatementVerifierOptions } from './options.ts';
export { createStatementVerifier } from './verifier.ts';
