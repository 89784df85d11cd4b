import { badInput } from './features/bad-input.ts';
import { brandProtection } from './features/brand-protection.ts';
import { clientFixtures } from './features/client-fixtures.ts';
import { coalescing } from './features/coalescing.ts';
import { commandLine } from './features/command-line.ts';
import { doctor } from './features/doctor.ts';
import { gates } from './features/gates.ts';
import { initialAccessTokens } from './features/initial-access-tokens.ts';
import { lifecycle } from './features/lifecycle.ts';
import { limits } from './features/limits.ts';
import { management } from './features/management.ts';
import { metadata } from './features/metadata.ts';
import { mode } from './features/mode.ts';
import { oidcProvider } from './features/oidc-provider.ts';
import { operator } from './features/operator.ts';
import { persistence } from './features/persistence.ts';
import { policy } from './features/policy.ts';
import { rules } from './features/rules.ts';
import { secrets } from './features/secrets.ts';
import { softwareStatements } from './features/software-statements.ts';
import { texts } from './features/texts.ts';
import { cimd } from './specifications/cimd.ts';
import { mcp } from './specifications/mcp.ts';
import { oauth21 } from './specifications/oauth2.1.ts';
import { openidConnect } from './specifications/openid-connect.ts';
import { rfc6749 } from './specifications/rfc6749.ts';
import { rfc6750 } from './specifications/rfc6750.ts';
import { rfc7009 } from './specifications/rfc7009.ts';
import { rfc7591 } from './specifications/rfc7591.ts';
import { rfc7592 } from './specifications/rfc7592.ts';
import { rfc7636 } from './specifications/rfc7636.ts';
import { rfc7662 } from './specifications/rfc7662.ts';
import { rfc8414 } from './specifications/rfc8414.ts';
import { rfc8707 } from './specifications/rfc8707.ts';
import { rfc9068 } from './specifications/rfc9068.ts';
import { rfc9126 } from './specifications/rfc9126.ts';
import { rfc9207 } from './specifications/rfc9207.ts';
import { rfc9396 } from './specifications/rfc9396.ts';
import { rfc9449 } from './specifications/rfc9449.ts';
import { rfc9700 } from './specifications/rfc9700.ts';
import { rfc9728 } from './specifications/rfc9728.ts';

/** Every id and its requirement. */
export const behaviors = {
  ...rfc6749,
  ...oauth21,
  ...rfc6750,
  ...rfc7009,
  ...rfc7591,
  ...rfc7592,
  ...rfc7636,
  ...rfc7662,
  ...rfc8414,
  ...rfc8707,
  ...rfc9068,
  ...rfc9126,
  ...rfc9207,
  ...rfc9396,
  ...rfc9449,
  ...rfc9700,
  ...rfc9728,
  ...openidConnect,
  ...cimd,
  ...mcp,
  ...rules,
  ...texts,
  ...gates,
  ...mode,
  ...metadata,
  ...initialAccessTokens,
  ...softwareStatements,
  ...management,
  ...brandProtection,
  ...operator,
  ...persistence,
  ...policy,
  ...coalescing,
  ...limits,
  ...lifecycle,
  ...commandLine,
  ...clientFixtures,
  ...oidcProvider,
  ...doctor,
  ...badInput,
  ...secrets,
} as const;
