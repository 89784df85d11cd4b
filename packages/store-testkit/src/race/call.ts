import type { Change, Stores } from '@vestibule/server';

/** The methods that belong to no single store. */
type OwnMethod = 'sweep' | 'commit';

type StoreName = Exclude<keyof Stores, OwnMethod | 'providerTokens'>;

/** A call of a store method, as data: it can be made in this process, over another connection, and in another process. */
export interface Call {
  readonly store: StoreName | undefined;
  readonly method: string;
  readonly args: readonly unknown[];
}

type ArgumentsOf<Method> = Method extends (...args: infer Arguments) => unknown ? Arguments : never;

/** Creates a call. */
export function call<Name extends StoreName, Method extends keyof Stores[Name] & string>(
  store: Name,
  method: Method,
  ...args: ArgumentsOf<Stores[Name][Method]>
): Call {
  return { store, method, args };
}

/** Creates a call of a method that belongs to no single store. */
const ownCall = (method: OwnMethod, ...args: readonly unknown[]): Call => ({
  store: undefined,
  method,
  args,
});

export const sweepCall = (...args: ArgumentsOf<Stores['sweep']>): Call => ownCall('sweep', ...args);

export const commitCall = (...changes: readonly Change[]): Call => ownCall('commit', changes);

/** Makes a call and returns its result. */
export async function perform(stores: Stores, { store, method, args }: Call): Promise<unknown> {
  const target = store === undefined ? stores : stores[store];
  return Reflect.apply(Reflect.get(target, method), target, args);
}

/**
 * Makes concurrent calls and waits for all of them, also after failures.
 *
 * @throws unknown the error of the first failed call
 */
export async function performAtOnce(
  calls: readonly (readonly [Stores, Call])[],
): Promise<readonly unknown[]> {
  const settled = await Promise.allSettled(calls.map(([stores, made]) => perform(stores, made)));
  return settled.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
