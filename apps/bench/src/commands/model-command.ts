import { costsFrom } from '../model/costs.ts';
import { DEFAULT_CAPACITY, DEFAULT_DEMAND } from '../model/demand.ts';
import { writeSection } from './write-section.ts';
import { MEASURED_SIZES, SIGN_IN_US } from '../model/plan.ts';
import { renderPlan } from '../model/render-plan.ts';
import { anyNumber, anyText, type GivenOptions, parseOptions, UsageError, wholeNumber } from './options.ts';
import { readResults } from './stored-results.ts';

const NAMES = [
  'from',
  'target',
  'people',
  'apps',
  'approvals',
  'sign-ins',
  'refreshes',
  'registrations',
  'introspections',
  'peak',
  'load',
  'database-cores',
  'replicas',
  'sign-in-us',
  'page',
] as const;

/** The stored run of `bench postgres` that the page on scaling uses. */
const DEFAULT_TARGET = 'vestibule-postgres';

/** Computes what a demand needs from a stored run, prints it, and puts it into a page if one is given. */
export function runModel(args: readonly string[]): void {
  const given = parseOptions(args, NAMES);
  const from = given.read('from', anyText);
  if (from === undefined || given.others.length > 0) {
    throw new UsageError('bench model --from FILE: needs a stored run of bench postgres.');
  }
  const target = given.read('target', anyText) ?? DEFAULT_TARGET;
  const found = costsFrom(readResults(from), target);
  if (!found.ok) {
    throw new UsageError(
      `${from}: has no CPU time of ${target} for ${found.missing.join(', ')}. Measure them with bench postgres.`,
    );
  }
  const text = renderPlan({
    demand: readDemand(given),
    capacity: {
      load: given.read('load', anyNumber(0.01, 1)) ?? DEFAULT_CAPACITY.load,
      databaseCores: given.read('database-cores', wholeNumber(1, 1_024)) ?? DEFAULT_CAPACITY.databaseCores,
      replicas: given.read('replicas', wholeNumber(0, 100)) ?? DEFAULT_CAPACITY.replicas,
    },
    costs: found.costs,
    sizes: MEASURED_SIZES,
    signInUs: given.read('sign-in-us', anyNumber(0, 10_000_000)) ?? SIGN_IN_US,
  });
  console.log(text);
  const page = given.read('page', anyText);
  if (page !== undefined) writeSection(page, text);
}

function readDemand(given: GivenOptions<(typeof NAMES)[number]>): typeof DEFAULT_DEMAND {
  const count = wholeNumber(0, 1_000_000_000_000);
  const few = anyNumber(0, 1_000);
  return {
    ...DEFAULT_DEMAND,
    people: given.read('people', wholeNumber(1, 10_000_000_000)) ?? DEFAULT_DEMAND.people,
    appsPerPerson: given.read('apps', anyNumber(0.01, 1_000)) ?? DEFAULT_DEMAND.appsPerPerson,
    approvalsPerPersonPerDay: given.read('approvals', few) ?? DEFAULT_DEMAND.approvalsPerPersonPerDay,
    signInsPerPersonPerDay: given.read('sign-ins', few) ?? DEFAULT_DEMAND.signInsPerPersonPerDay,
    refreshesPerDay: given.read('refreshes', count) ?? DEFAULT_DEMAND.refreshesPerDay,
    registrationsPerHour: given.read('registrations', count) ?? DEFAULT_DEMAND.registrationsPerHour,
    introspectionsPerSecond: given.read('introspections', count) ?? DEFAULT_DEMAND.introspectionsPerSecond,
    peak: given.read('peak', anyNumber(1, 100)) ?? DEFAULT_DEMAND.peak,
  };
}
