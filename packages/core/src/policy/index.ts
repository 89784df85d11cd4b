export { type ClientRules, judgeAgain } from './judge-again.ts';
export { findRule, type RuleDescription, RULES } from './catalogue.ts';
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
