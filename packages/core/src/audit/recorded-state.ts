/**
 * What an event says of a thing that an operator changed: its members by path, such as `registration.mode`, each cut to a
 * readable size.
 */
export type RecordedState = Readonly<Record<string, RecordedValue>>;

/** A value in the `before` and `after` of an event, of bounded length. */
export type RecordedValue = string | number | boolean | null | readonly string[];

/** The members in which two states of a thing differ. */
export interface RecordedDifference {
  /** What they were. Absent: the thing did not exist. */
  readonly before?: RecordedState;
  /** What they are. Absent: the thing no longer exists. */
  readonly after?: RecordedState;
}

/** The most members of a state, the longest list, and the longest text in UTF-16 units. */
const MAX_MEMBERS = 64;
const MAX_ITEMS = 16;
const MAX_TEXT = 256;

/** The members of a thing by path. A member that is `undefined` is left out, and an object in a list is a JSON text. */
type Members = ReadonlyMap<string, RecordedValue>;

/** The paths in which two states of a thing differ, such as `registration.mode`. */
export const differingPaths = (before: object, after: object): readonly string[] =>
  differing(membersOf(before), membersOf(after));

/**
 * The members in which two states of a thing differ, cut to a bounded size. The caller selects what a state has: it must hold
 * no secret and no hash.
 *
 * @param before `undefined` if the thing is new
 * @param after `undefined` if it no longer exists
 */
export function recordedDifference(
  before: object | undefined,
  after: object | undefined,
): RecordedDifference {
  const [old, next] = [membersOf(before ?? {}), membersOf(after ?? {})];
  const paths = differing(old, next);
  const cutState = (own: Members, other: Members): RecordedState => ({
    ...Object.fromEntries(
      paths.slice(0, MAX_MEMBERS).flatMap((path) => {
        const value = own.get(path);
        return value === undefined ? [] : [[path, cutValue(value, other.get(path))]];
      }),
    ),
    ...(paths.length > MAX_MEMBERS && { '…': `${paths.length - MAX_MEMBERS} more` }),
  });
  return {
    ...(before !== undefined && { before: cutState(old, next) }),
    ...(after !== undefined && { after: cutState(next, old) }),
  };
}

const differing = (before: Members, after: Members): readonly string[] =>
  Array.from(new Set([...before.keys(), ...after.keys()])).filter(
    (path) => JSON.stringify(before.get(path)) !== JSON.stringify(after.get(path)),
  );

const membersOf = (state: object): Members => new Map(leaves(state, ''));

const leaves = (value: unknown, path: string): readonly (readonly [string, RecordedValue])[] => {
  if (value === undefined) return [];
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([name, member]) =>
      leaves(member, path === '' ? name : `${path}.${name}`),
    );
  }
  return [[path, Array.isArray(value) ? value.map(asText) : asScalar(value)]];
};

const asScalar = (value: unknown): Exclude<RecordedValue, readonly string[]> =>
  typeof value === 'boolean' || typeof value === 'number' || value === null ? value : asText(value);

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Of a long list only the items are recorded that the other state does not have, so that a cut hides no change. */
function cutValue(value: RecordedValue, other: RecordedValue | undefined): RecordedValue {
  if (typeof value === 'string') return cutText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value.length <= MAX_ITEMS) return value.map(cutText);
  const known = new Set(typeof other === 'object' ? other : []);
  const own = value.filter((item) => !known.has(item));
  const unchanged = value.length - own.length;
  return [
    ...own.slice(0, MAX_ITEMS).map(cutText),
    ...(own.length > MAX_ITEMS ? [`… ${own.length - MAX_ITEMS} more`] : []),
    ...(unchanged > 0 ? [`… ${unchanged} unchanged`] : []),
  ];
}

const cutText = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);
