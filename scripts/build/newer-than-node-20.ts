/**
 * What the sources use and Node 20 lacks. The build puts these functions in the place of the methods: see `tsup.base.ts`. Methods
 * of the runtime are used if it has them.
 *
 * The methods are read by destructuring, because the build replaces `URL.parse` also here.
 */
const { parse } = URL;
const { groupBy: groupInObject } = Object;
const { groupBy: groupInMap } = Map;

type GroupInMap = <Key, Item>(items: Iterable<Item>, keyOf: (item: Item) => Key) => Map<Key, Item[]>;
type GroupInObject = <Key extends PropertyKey, Item>(
  items: Iterable<Item>,
  keyOf: (item: Item) => Key,
) => Partial<Record<Key, Item[]>>;

/** `URL.parse`. */
export const parseUrl: typeof URL.parse =
  typeof parse === 'function'
    ? parse.bind(URL)
    : (text, base) => {
        try {
          return new URL(text, base);
        } catch {
          return null;
        }
      };

/** `Map.groupBy`, without the index that it may give to the callback. */
export const groupByInMap: GroupInMap = typeof groupInMap === 'function' ? groupInMap.bind(Map) : grouped;

/** `Object.groupBy`, without the index that it may give to the callback. */
export const groupByInObject: GroupInObject =
  typeof groupInObject === 'function'
    ? groupInObject.bind(Object)
    : (items, keyOf) => Object.assign(Object.create(null), Object.fromEntries(grouped(items, keyOf)));

function grouped<Key, Item>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
