/** A setting: where it stands, and what is there. */
export interface Leaf {
  /** `registration.limits.perAddressPerHour` */
  readonly path: string;
  readonly value: unknown;
}

/** An object that stands for its members. A list is one value. */
const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every setting of an object, one by one. */
export const leavesOf = (value: unknown, path = ''): readonly Leaf[] =>
  isBranch(value)
    ? Object.entries(value).flatMap(([name, member]) =>
        leavesOf(member, path === '' ? name : `${path}.${name}`),
      )
    : [{ path, value }];

/** An object that holds this one setting. */
export const objectOf = (path: string, value: unknown): unknown =>
  path.split('.').reduceRight<unknown>((member, name) => Object.fromEntries([[name, member]]), value);

/** One object over another: a member of the second takes the place of that of the first. */
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
