import { badInput } from './features/bad-input.ts';
import { brandProtection } from './features/brand-protection.ts';
import { clientFixtures } from './features/client-fixtures.ts';
import { coalescing } from './features/coalescing.ts';
import { commandLine } from './features/command-line.ts';
import { gates } from './features/gates.ts';
import { initialAccessTokens } from './features/initial-access-tokens.ts';
import { lifecycle } from './features/lifecycle.ts';
import { limits } from './features/limits.ts';
import { management } from './features/management.ts';
import { metadata } from './features/metadata.ts';
import { mode } from './features/mode.ts';
import { policy } from './features/policy.ts';
import { rules } from './features/rules.ts';
import { secrets } from './features/secrets.ts';
import { softwareStatements } from './features/software-statements.ts';
import { rfc7591 } from './specifications/rfc7591.ts';
import { rfc7592 } from './specifications/rfc7592.ts';

/** Every id, and what it stands for. */
export const behaviours = {
  ...rfc7591,
  ...rfc7592,
  ...rules,
  ...gates,
  ...mode,
  ...metadata,
  ...initialAccessTokens,
  ...softwareStatements,
  ...management,
  ...brandProtection,
  ...policy,
  ...coalescing,
  ...limits,
  ...lifecycle,
  ...commandLine,
  ...clientFixtures,
  ...badInput,
  ...secrets,
} as const;
