import { BODY_RULES } from './body-rules.ts';
import { CLIENT_ID_RULES, DOCUMENT_RULES } from './document-rules.ts';
import { GRANT_RULES } from './grant-rules.ts';
import { MANAGEMENT_RULES } from './management-rules.ts';
import { NAME_RULES } from './name-rules.ts';
import { REDIRECT_URI_RULES } from './redirect-uri-rules.ts';
import type { RuleDescription } from './rule-description.ts';
import { STATEMENT_RULES } from './statement-rules.ts';

/** Every rule for registrations and metadata documents, in the order of their evaluation. */
export const RULES: readonly RuleDescription[] = [
  ...BODY_RULES,
  ...CLIENT_ID_RULES,
  ...DOCUMENT_RULES,
  ...STATEMENT_RULES,
  ...REDIRECT_URI_RULES,
  ...GRANT_RULES,
  ...NAME_RULES,
  ...MANAGEMENT_RULES,
];

/** The rule with an id; `undefined` for rules that a program added. */
export const findRule = (id: string): RuleDescription | undefined => RULES.find((rule) => rule.id === id);
