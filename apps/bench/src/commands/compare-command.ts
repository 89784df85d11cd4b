import { cpus } from 'node:os';
import { compare } from '../run/compare.ts';
import { progressOn } from '../run/progress.ts';
import type { CompareSettings } from '../run/run.ts';
import { renderResults } from '../report/render-results.ts';
import { buildApp } from '../targets/built-app.ts';
import { COMPARED, TARGETS, targetNamed } from '../targets/all-targets.ts';
import { REFERENCE } from '../targets/ceilings.ts';
import { PERSON } from '../targets/measured-realm.ts';
import { arePeersInstalled, PEERS } from '../targets/peers.ts';
import { runningElsewhere } from '../targets/running-elsewhere.ts';
import { ALL_OPERATIONS, KNOWN_CLIENT_OPERATIONS, OPERATIONS, type Target } from '../targets/target.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import {
  anyNumber,
  anyText,
  type GivenOptions,
  httpUrl,
  listOf,
  oneOf,
  parseOptions,
  UsageError,
  wholeNumber,
} from './options.ts';
import { storeResults } from './stored-results.ts';

const PARTS = [...ALL_OPERATIONS, 'cold-start', 'growth'] as const;
/** What every authorization server does. */
const COMMON_PARTS = [...OPERATIONS, 'cold-start', 'growth'] as const;
const CORE = wholeNumber(0, Math.max(1, cpus().length - 1));
/** Clients at which growth is measured. */
const MILLION: readonly number[] = [0, 10_000, 100_000, 1_000_000];

const TARGET = oneOf(TARGETS.map(({ name }) => name));
const NAMES = [
  'targets',
  'operations',
  'connections',
  'ms',
  'slices',
  'rounds',
  'warm',
  'starts',
  'points',
  'grow',
  'noise',
  'retries',
  'pin',
  'server-core',
  'load-core',
  'keycloak',
  'hydra',
  'person',
  'out',
] as const;

/** What a command compares unless options say otherwise. */
export interface CompareDefaults {
  readonly targets: readonly string[];
  readonly operations: readonly (typeof PARTS)[number][];
}

/** Vestibule on SQLite beside everything else. */
export const COMPARE: CompareDefaults = { targets: COMPARED, operations: COMMON_PARTS };
/** One node beside its database. */
export const COMPARE_POSTGRES: CompareDefaults = {
  targets: [REFERENCE, 'bare-http-insert', 'vestibule-postgres'],
  operations: OPERATIONS,
};
/** Clients with metadata documents beside registered ones. */
export const COMPARE_DOCUMENTS: CompareDefaults = {
  targets: [REFERENCE, 'vestibule'],
  operations: KNOWN_CLIENT_OPERATIONS,
};
/** Three nodes on one database. */
export const COMPARE_CLUSTER: CompareDefaults = {
  targets: [REFERENCE, 'vestibule-cluster'],
  operations: ['register', 'refresh', 'flow'],
};

/** Measures, prints tables, and stores the results. */
export async function runCompare(args: readonly string[], defaults: CompareDefaults): Promise<void> {
  const { settings, out } = readSettings(args, defaults);
  const needed = settings.targets.filter((target) => PEERS.includes(target));
  if (needed.length > 0 && !arePeersInstalled()) {
    throw new UsageError(
      `${needed.map(({ name }) => name).join(', ')}: not installed. Run "bench setup" first, or choose others with --targets.`,
    );
  }
  if (settings.targets.some(({ name }) => name.startsWith('vestibule'))) buildApp();
  const file = storeResults(out);
  const progress = progressOn(process.stderr);
  const results = await compare(settings, { progress, save: file.save, onStart: stopOnSignal });
  console.log(renderResults(results));
  progress.line(`Stored in ${file.path}`);
}

/** The settings that a command line describes, and the file for the results. */
export function readSettings(
  args: readonly string[],
  defaults: CompareDefaults,
): { readonly settings: CompareSettings; readonly out: string | undefined } {
  const given = parseOptions(args, NAMES);
  if (given.others.length > 0) throw new UsageError(`${given.others.join(' ')}: is not an option.`);
  const operations = given.read('operations', listOf(oneOf(PARTS))) ?? defaults.operations;
  const starts = given.read('starts', wholeNumber(1, 100)) ?? 7;
  const points = given.read('points', listOf(wholeNumber(0, 100_000_000))) ?? MILLION;
  const settings: CompareSettings = {
    targets: chosenTargets(given, defaults),
    operations: ALL_OPERATIONS.filter((operation) => operations.includes(operation)),
    connections: given.read('connections', listOf(wholeNumber(1, 1_024))) ?? [1, 64],
    ms: given.read('ms', wholeNumber(50, 600_000)) ?? 1_000,
    slices: given.read('slices', wholeNumber(1, 100)) ?? 6,
    rounds: given.read('rounds', wholeNumber(1, 100)) ?? 1,
    warmMs: given.read('warm', wholeNumber(0, 600_000)) ?? 10_000,
    starts: operations.includes('cold-start') ? starts : 0,
    growthPoints: operations.includes('growth') ? points : [],
    growthTargets: given.read('grow', listOf(TARGET)) ?? ['vestibule'],
    noise: given.read('noise', anyNumber(0, 1)) ?? 0.08,
    retries: given.read('retries', wholeNumber(0, 100)) ?? 4,
    cores:
      given.read('pin', oneOf(['yes', 'no'])) === 'no'
        ? undefined
        : { server: given.read('server-core', CORE) ?? 0, load: given.read('load-core', CORE) ?? 1 },
  };
  return { settings, out: given.read('out', anyText) };
}

/** The reference is always among them: every ratio is to it. */
function chosenTargets(
  given: GivenOptions<(typeof NAMES)[number]>,
  defaults: CompareDefaults,
): readonly Target[] {
  const names = new Set([REFERENCE, ...(given.read('targets', listOf(TARGET)) ?? defaults.targets)]);
  const [username = PERSON.username, password = PERSON.password] =
    given.read('person', anyText)?.split(':') ?? [];
  const elsewhere = (['keycloak', 'hydra'] as const).flatMap((name) => {
    const issuer = given.read(name, httpUrl);
    return issuer === undefined ? [] : [runningElsewhere({ name, issuer, person: { username, password } })];
  });
  return [...[...names].map(targetNamed).filter((one) => one !== undefined), ...elsewhere];
}
