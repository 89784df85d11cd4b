export { type AddressJudgment, judgeAddress, type NetworkExceptions } from './address/judge-address.ts';
export type { Resolver } from './address/resolver.ts';
export { createGuardedFetch } from './guarded-fetch.ts';
export type { GuardedFetchOptions } from './guard-options.ts';
export { createOperatorFetch, type OperatorFetch, type OperatorRequest } from './operator-fetch.ts';
