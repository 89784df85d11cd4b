export { cite } from './cite.ts';
export type { Requirement } from './requirement.ts';
export { type RequirementId, requirements } from './requirements.ts';
