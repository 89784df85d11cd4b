import type fc from 'fast-check';
import type { Browser, Shown } from '../browser.ts';
import { type Flow, foresee, type Step } from './flow.ts';
import type { Kind } from './kinds.ts';
import type { World } from './world.ts';

/** The expected state, while operators, clients and people act in any order. */
export interface Model {
  readonly clients: KnownClient[];
  readonly authorizations: Authorization[];
  /** How often each thing happened. */
  readonly seen: Map<Happening, number>;
}

export interface KnownClient extends Pick<Kind, 'ceiling' | 'madeBy' | 'refreshes'> {
  readonly clientId: string;
}

/** One authorization in progress. */
export interface Authorization {
  readonly client: KnownClient;
  readonly browser: Browser;
  readonly person: string;
  flow: Flow;
  stage: 'signing-in' | 'deciding' | 'code' | 'grant' | 'over';
  /** The page that is open in the browser. */
  page: Shown;
  code: string;
  /** Every refresh token that it had; the last is the current one. */
  readonly refreshTokens: string[];
  /** Every access token that it had, and its scopes. */
  readonly accessTokens: { readonly token: string; readonly scopes: readonly string[] }[];
  /** Whether the approval is in effect: a code has opened its grant, and nothing has ended it. */
  isAllowed: boolean;
}

export type Command = fc.AsyncCommand<Model, World>;

/** What can happen, so that a test can check that all of it did. */
export const HAPPENINGS = [
  'registered',
  'refused at once',
  'refused after signing in',
  'refused at the decision',
  'asked anew',
  'asked for more',
  'nothing ticked',
  'approved in part',
  'approved',
  'exchanged',
  'refused at the exchange',
  'ended by its code',
  'refreshed',
  'refused at a refresh',
  'refreshed again',
  'ended by an old refresh token',
  'looked at, and good',
  'looked at, and good for less',
  'looked at, and good for nothing',
] as const;
export type Happening = (typeof HAPPENINGS)[number];

export function note({ seen }: Model, what: Happening): void {
  seen.set(what, (seen.get(what) ?? 0) + 1);
}

/** Performs a step of an authorization, and returns its expected result. */
export function comeTo(
  { authorizations }: Model,
  authorization: Authorization,
  step: Step,
  world: World,
): readonly string[] {
  const allowed = authorizations
    .filter(
      ({ client, person, flow, isAllowed }) =>
        isAllowed &&
        client === authorization.client &&
        person === authorization.person &&
        flow.api === authorization.flow.api,
    )
    .flatMap(({ flow }) => flow.agreed ?? []);
  const { scopes, flow } = foresee(authorization.flow, step, world.gates(), allowed);
  authorization.flow = flow;
  if (flow.isOver) authorization.stage = 'over';
  return scopes;
}

/** A command for one of the authorizations that are ready for it. */
export function forOne(
  name: string,
  which: number,
  isTime: (authorization: Authorization) => boolean,
  run: (authorization: Authorization, model: Model, world: World) => Promise<void>,
): Command {
  const find = ({ authorizations }: Readonly<Model>): Authorization | undefined => {
    const there = authorizations.filter(isTime);
    return there[which % there.length];
  };
  return {
    check: (model) => find(model) !== undefined,
    async run(model, world) {
      const authorization = find(model);
      if (authorization !== undefined) await run(authorization, model, world);
    },
    toString: () => `${name} ${which}`,
  };
}
