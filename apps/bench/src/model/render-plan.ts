import { figure, table } from '../report/markdown.ts';
import { type Plan, planCapacity, type PlanInput } from './plan.ts';

/** A plan as Markdown: the busiest hour, what it needs, what is stored, and what other token lifetimes would change. */
export function renderPlan(input: PlanInput): string {
  const plan = planCapacity(input);
  return [renderBusiestHour(plan), renderNeeds(plan, input), renderLifetimes(input)].join('\n\n');
}

function renderBusiestHour({ operations }: Plan): string {
  const rows = operations.map(({ name, perSecond, nodeCores, databaseCores }) => [
    name,
    figure(perSecond),
    figure(nodeCores),
    figure(databaseCores),
  ]);
  return table(['in the busiest hour', 'per second', 'cores of nodes', 'cores of databases'], rows);
}

function renderNeeds(plan: Plan, { capacity }: PlanInput): string {
  const { clients, grants, audit, sprayed } = plan.storedGiB;
  const rows = [
    [`nodes of one core, at ${percent(capacity.load)} load`, figure(plan.nodes)],
    [
      `databases of ${capacity.databaseCores} cores, at ${percent(capacity.load)} load`,
      figure(plan.partitions),
    ],
    [`the same with ${capacity.replicas} copies of each`, figure(plan.databases)],
    ['commits per second', figure(plan.commitsPerSecond)],
    ['refreshes of a grant in a day', figure(plan.refreshesPerGrantPerDay)],
    ['GiB of clients', figure(clients)],
    ['GiB of grants and refresh tokens', figure(grants)],
    ['GiB of audit events', figure(audit)],
    ['GiB of a spray', figure(sprayed)],
  ];
  return table(['needed', ''], rows);
}

/** Refreshes are inversely proportional to the lifetime of access tokens, as long as apps are in use. */
function renderLifetimes(input: PlanInput): string {
  const rows = [5, 15, 30, 60].map((minutes) => {
    const refreshesPerDay = (input.demand.refreshesPerDay * DEFAULT_MINUTES) / minutes;
    const plan = planCapacity({ ...input, demand: { ...input.demand, refreshesPerDay } });
    return [
      `${minutes} minutes`,
      figure(refreshesPerDay),
      figure(plan.nodes),
      figure(plan.partitions),
      figure(plan.storedGiB.audit),
    ];
  });
  return table(
    ['lifetime of access tokens', 'refreshes a day', 'nodes', 'databases', 'GiB of audit events'],
    rows,
  );
}

/** The lifetime that the number of refreshes is for. */
const DEFAULT_MINUTES = 15;

const percent = (share: number): string => `${Math.round(share * 100)} %`;
