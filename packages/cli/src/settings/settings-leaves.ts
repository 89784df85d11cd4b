/** A setting: its path and its value. */
export interface Leaf {
  /** `registration.limits.perAddressPerHour` */
  readonly path: string;
  readonly value: unknown;
}

/** Whether a value is a group of settings. A list is a single value. */
const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** All settings in an object, with their paths. */
export const leavesOf = (value: unknown, path = ''): readonly Leaf[] =>
  isBranch(value)
    ? Object.entries(value).flatMap(([name, member]) =>
        leavesOf(member, path === '' ? name : `${path}.${name}`),
      )
    : [{ path, value }];

/** An object that contains only this setting. */
export const objectOf = (path: string, value: unknown): unknown =>
  path.split('.').reduceRight<unknown>((member, name) => Object.fromEntries([[name, member]]), value);

/** Merges two objects deeply; members of the second replace those of the first. */
export function merged(under: unknown, over: unknown): unknown {
  if (!isBranch(under) || !isBranch(over)) return over;
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
