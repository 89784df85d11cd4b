/** The position of a request in the line. */
export interface Place {
  /** The network of the request: each network has its turn, however many requests it sends. */
  readonly network: string;
  /** Whether it comes from a browser in which a person has signed in before. */
  readonly isKnown: boolean;
}

/** The result of adding a request. */
export type Entry<T> =
  | { readonly entered: true; /** Waited before, and had to make room. */ readonly displaced?: T }
  | { readonly entered: false };

/** Requests that wait for slow work, up to a limit. Decides only which one is next. */
export interface WaitingLine<T> {
  /** Adds a request. If the line is full, removes the newest request of the network with the most. */
  enter(item: T, place: Place): Entry<T>;
  /** Removes a request whose sender disconnected. */
  leave(item: T): void;
  /** Removes and returns the next request. */
  next(): T | undefined;
}

/** The requests of each network, in the order of the networks' turns. */
type Lane<T> = Map<string, T[]>;

/** How many known browsers go first before an unknown one has its turn, so that none waits forever. */
const KNOWN_IN_A_ROW = 3;

/**
 * Creates an empty line. Networks take turns, so one that sends very many requests waits for itself. Known browsers go
 * before all others, are never displaced by them, and leave them every fourth turn.
 *
 * @param length the largest number of waiting requests
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
    // If that changes nothing, the earlier one stays.
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

/** The network with the most requests in a lane; of several the one whose turn comes last. */
function longest<T>(lane: Lane<T>): string {
  let most = ['', 0] as readonly [string, number];
  for (const [network, { length }] of lane) if (length >= most[1]) most = [network, length];
  return most[0];
}
