export { type ClientRules, judgeAgain } from './judge-again.ts';
export { findRule, RULES } from './catalogue/catalogue.ts';
export type { RuleDescription } from './catalogue/rule-description.ts';
export { judgeRegistration, type RegistrationJudgement } from './judge-registration.ts';
export { type KnownOfClient, policyContextOf } from './context.ts';
export { definePolicy } from './policy.ts';
export {
  defineRule,
  type Draft,
  type Judgement,
  type PolicyContext,
  type Rule,
  type TraceEntry,
  type TraceValue,
  type Verdict,
} from './rule.ts';
export { dynamicClientPolicy } from './dynamic-client-policy.ts';
