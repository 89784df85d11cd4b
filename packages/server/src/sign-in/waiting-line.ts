/** Where a request stands while it waits. */
export interface Place {
  /** What counts as one network: each has its turn, however many requests it sends. */
  readonly network: string;
  /** Whether it comes from a browser in which a person has signed in before. */
  readonly isKnown: boolean;
}

/** What became of a request that wanted to wait. */
export type Entry<T> =
  | { readonly entered: true; /** Waited before, and had to make room. */ readonly displaced?: T }
  | { readonly entered: false };

/** Requests that wait for slow work, at most so many. It decides who is next, and does nothing else. */
export interface WaitingLine<T> {
  /** Adds a request. If the line is full, the one that leaves is the newest of the network with most requests in it. */
  enter(item: T, place: Place): Entry<T>;
  /** Removes a request whose sender went away. */
  leave(item: T): void;
  /** Takes the next request out. */
  next(): T | undefined;
}

/** The requests of one network after the other, in the order in which the networks have their turn. */
type Lane<T> = Map<string, T[]>;

/** So many known browsers go first before an unknown one has its turn: none waits for ever. */
const KNOWN_IN_A_ROW = 3;

/**
 * Makes an empty line. Networks take turns, so that one which sends very much waits for itself. Known browsers go before all
 * others, are never displaced by them, and leave them every fourth turn.
 *
 * @param length how many may wait
 */
export function createWaitingLine<T>(length: number): WaitingLine<T> {
  const known: Lane<T> = new Map();
  const unknown: Lane<T> = new Map();
  let waiting = 0;
  let knownInARow = 0;

  function take(lane: Lane<T>): T | undefined {
    const [turn] = lane;
    if (turn === undefined) return undefined;
    const [network, [first, ...rest]] = turn;
    lane.delete(network);
    if (rest.length > 0) lane.set(network, rest);
    waiting -= 1;
    return first;
  }

  function displace({ network, isKnown }: Place): T | undefined {
    if (isKnown && unknown.size > 0) return dropNewest(unknown, longest(unknown));
    const lane = isKnown ? known : unknown;
    const most = longest(lane);
    const itsOwn = lane.get(network)?.length ?? 0;
    // Where that changes nothing, who came first stays.
    return (lane.get(most)?.length ?? 0) > itsOwn + 1 ? dropNewest(lane, most) : undefined;
  }

  function dropNewest(lane: Lane<T>, network: string): T | undefined {
    const items = lane.get(network) ?? [];
    const dropped = items.pop();
    if (items.length === 0) lane.delete(network);
    if (dropped !== undefined) waiting -= 1;
    return dropped;
  }

  return {
    enter(item, place) {
      const displaced = waiting < length ? undefined : displace(place);
      if (waiting >= length) return { entered: false };
      const lane = place.isKnown ? known : unknown;
      const before = lane.get(place.network);
      if (before === undefined) lane.set(place.network, [item]);
      else before.push(item);
      waiting += 1;
      return { entered: true, ...(displaced !== undefined && { displaced }) };
    },
    leave(item) {
      for (const lane of [known, unknown]) {
        for (const [network, items] of lane) {
          const index = items.indexOf(item);
          if (index === -1) continue;
          items.splice(index, 1);
          if (items.length === 0) lane.delete(network);
          waiting -= 1;
          return;
        }
      }
    },
    next() {
      const isTheirTurn = knownInARow >= KNOWN_IN_A_ROW && unknown.size > 0;
      const first = isTheirTurn ? undefined : take(known);
      knownInARow = first === undefined ? 0 : knownInARow + 1;
      return first ?? take(unknown);
    },
  };
}

/** The network with most requests in a lane, of several the one whose turn comes last. */
function longest<T>(lane: Lane<T>): string {
  let most = ['', 0] as readonly [string, number];
  for (const [network, { length }] of lane) if (length >= most[1]) most = [network, length];
  return most[0];
}
