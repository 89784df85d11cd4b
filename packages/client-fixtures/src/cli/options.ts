import { parseArgs } from 'node:util';
import { fixtures } from '../fixture/all.ts';
import type { Fixture } from '../fixture/fixture.ts';

/** The options of the command line. */
export interface Options {
  readonly issuer: string;
  readonly resource?: string;
  readonly token?: string;
  readonly fixtures: readonly Fixture[];
  readonly json: boolean;
}

/** The options, or a message for the person who typed them. */
export type ReadOptions =
  | { readonly kind: 'run'; readonly options: Options }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'wrong'; readonly text: string };

const USAGE = `client-fixtures --issuer URL [--resource URL] [--token TOKEN] [--only NAME]... [--json]

  --issuer    the authorization server, as its metadata names it
  --resource  the API that tokens are asked for (RFC 8707), where the server does not name one
  --token     an initial access token, where registration wants one or limits those that have none
  --only      one agent; may be repeated
  --json      every outcome as JSON, in the place of the table

Agents: ${fixtures.map(({ id }) => id).join(', ')}
It registers each of them: try it on a server where they may stay.`;

/** Reads the arguments of the command. */
export function readOptions(args: readonly string[]): ReadOptions {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        issuer: { type: 'string' },
        resource: { type: 'string' },
        token: { type: 'string' },
        only: { type: 'string', multiple: true },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
  const { issuer, resource, token, only, json, help } = values;
  if (help) return { kind: 'help', text: USAGE };
  if (issuer === undefined) return wrong('--issuer is missing.');
  const unknown = only?.filter((name) => fixtures.every(({ id }) => id !== name)) ?? [];
  if (unknown.length > 0) return wrong(`There is no agent ${unknown.join(', ')}.`);
  return {
    kind: 'run',
    options: {
      issuer,
      fixtures: only === undefined ? fixtures : fixtures.filter(({ id }) => only.includes(id)),
      json,
      ...(resource !== undefined && { resource }),
      ...(token !== undefined && { token }),
    },
  };
}

const wrong = (problem: string): ReadOptions => ({ kind: 'wrong', text: `${problem}\n\n${USAGE}` });
