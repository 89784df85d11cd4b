import { policyContextOf } from '../policy/context.ts';
import { type RegistrationJudgement, judgeRegistration } from '../policy/judge-registration.ts';
import type { ClientBounds } from './initial-access-token.ts';
import type { TraceEntry } from '../policy/rule.ts';
import type { Realm } from '../realm/realm.ts';
import type { RegistrationSettings } from '../realm/registration-settings.ts';
import type { Refusal } from '../refusal.ts';
import type { Instant } from '../time.ts';
import type { Options } from './registrar-options.ts';
import { hasStatement, type ReadStatement, readStatement } from './statement.ts';

/** The result of the policy for a body with its software statement. */
export type Judged = RegistrationJudgement & {
  /** The `iss` of the statement issuer that verified the client. */
  readonly vouchedBy?: string;
  /** What the candidate policy would have refused of an accepted registration. */
  readonly candidateRefusal?: Refusal;
};

/** Judges a body as a new registration in the current realm. Stores, counts and records nothing. */
export async function judge(
  {
    policy,
    vendors,
    statements,
    findNeighbours,
  }: Pick<Options, 'policy' | 'vendors' | 'statements' | 'findNeighbours'>,
  realm: Realm,
  body: unknown,
  now: Instant,
  bounds?: ClientBounds,
): Promise<Judged> {
  const { registration: settings } = realm.settings;
  const read: ReadStatement = hasStatement(body)
    ? await readStatement(body, {
        settings: settings.softwareStatements,
        verifier: statements,
        now,
        audience: realm.issuer,
      })
    : { ok: true, body, trace: [] };
  if (!read.ok) return { ...read, trace: [refusedBy(read.refusal)] };

  const { vouchedBy } = read;
  const neighbours = await findNeighbours(realm, now);
  const context = policyContextOf(realm, { vendors, vouched: vouchedBy !== undefined, bounds, neighbours });
  const judgement = judgeRegistration(read.body, policy, context);
  const trace = read.trace.length === 0 ? judgement.trace : [...read.trace, ...judgement.trace];
  if (!judgement.ok) return { ...judgement, trace };

  const onTrial = settingsOnTrial(settings);
  const trial = onTrial && judgeRegistration(read.body, policy, { ...context, settings: onTrial });
  return {
    ...judgement,
    trace,
    ...(vouchedBy !== undefined && { vouchedBy }),
    ...(trial?.ok === false && { candidateRefusal: trial.refusal }),
  };
}

/** The settings with those of the candidate policy: the same object for the same settings, because names are prepared once. */
function settingsOnTrial(settings: RegistrationSettings): RegistrationSettings | undefined {
  if (settings.candidate === undefined) return undefined;
  const known = ON_TRIAL.get(settings);
  if (known !== undefined) return known;
  const onTrial = { ...settings, ...settings.candidate };
  ON_TRIAL.set(settings, onTrial);
  return onTrial;
}

const ON_TRIAL = new WeakMap<RegistrationSettings, RegistrationSettings>();

export const refusedBy = ({ rule, description }: Refusal): TraceEntry => ({
  rule,
  outcome: 'refused',
  description,
});
