/** A setting: its path and its value. */
export interface Leaf {
  /** `registration.limits.perAddressPerHour` */
  readonly path: string;
  readonly value: unknown;
}

/** Whether a value is a group of settings. A list is a single value. */
const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** All settings in an object, with their paths. */
export const leavesOf = (value: unknown, path = ''): readonly Leaf[] =>
  isGroup(value)
    ? Object.entries(value).flatMap(([name, member]) =>
        leavesOf(member, path === '' ? name : `${path}.${name}`),
      )
    : [{ path, value }];

/** An object that contains only this setting. */
export const objectOf = (path: string, value: unknown): unknown =>
  path.split('.').reduceRight<unknown>((member, name) => Object.fromEntries([[name, member]]), value);

/** Whether a path is another one, or leads below it. */
export const isWithin = (path: string, above: string): boolean =>
  path === above || path.startsWith(`${above}.`);

/** Merges two groups deeply; settings of the second replace those of the first. */
export function merged<T>(under: T, over: T): T;
export function merged(under: unknown, over: unknown): unknown {
  if (!isGroup(under) || !isGroup(over)) return over;
  const names = new Set([...Object.keys(under), ...Object.keys(over)]);
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      Object.hasOwn(over, name)
        ? Object.hasOwn(under, name)
          ? merged(under[name], over[name])
          : over[name]
        : under[name],
    ]),
  );
}

/** Leaves out some settings, and the groups that become empty. */
export function without<T extends object>(group: T, paths: ReadonlySet<string>): T;
export function without(group: object, paths: ReadonlySet<string>): unknown {
  return leavesOf(group)
    .filter(({ path }) => !paths.has(path))
    .reduce<unknown>((all, { path, value }) => merged(all, objectOf(path, value)), {});
}
