export { createStatementVerifier } from './statement-verifier.ts';
