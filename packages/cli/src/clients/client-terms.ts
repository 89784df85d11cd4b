import {
  type ApiAccess,
  type AuthenticationTerms,
  type ClientAuthenticationMethod,
  type JsonWebKeySet,
  parseScope,
  type Realm,
  sameResource,
  type TermsRefused,
} from '@vestibule/core';
import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { Refused, WrongUsage } from '../errors/refused.ts';
import type { Surroundings } from '../context/context.ts';
import { readBytes } from '../explain/read-body.ts';

/** What an operator wants a client to be, as the options have it. */
export interface TermsOptions extends RealmOptions {
  readonly name?: string;
  readonly redirectUri?: readonly string[];
  /** Each an API, by its id or resource, with the scopes there: `notes=notes:read,notes:write`. */
  readonly api?: readonly string[];
  readonly rememberConsent?: boolean;
  /** A file. */
  readonly jwks?: string;
  readonly jwksUri?: string;
}

export const METHODS: readonly ClientAuthenticationMethod[] = [
  'none',
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
];

/** How a client is to authenticate. @throws WrongUsage where keys are named that are of no use, or none are */
export async function authenticationIn(
  surroundings: Surroundings,
  method: ClientAuthenticationMethod,
  options: TermsOptions,
): Promise<AuthenticationTerms> {
  const keys = await keysIn(surroundings, options);
  if (method === 'private_key_jwt') {
    if (keys === undefined) throw new WrongUsage('--auth private_key_jwt needs --jwks or --jwks-uri.');
    return { method, ...keys };
  }
  if (keys !== undefined) throw new WrongUsage('--jwks and --jwks-uri are for --auth private_key_jwt.');
  return { method };
}

/** Its keys, or where they are; `undefined` where the options name neither. */
export async function keysIn(
  surroundings: Surroundings,
  { jwks, jwksUri }: TermsOptions,
): Promise<{ readonly jwks?: JsonWebKeySet; readonly jwksUri?: string } | undefined> {
  if (jwks !== undefined) return { jwks: await readKeySet(surroundings, jwks) };
  return jwksUri === undefined ? undefined : { jwksUri };
}

async function readKeySet(surroundings: Surroundings, file: string): Promise<JsonWebKeySet> {
  const text = new TextDecoder().decode(await readBytes(file, surroundings));
  const keySet = parseJson(text);
  if (isKeySet(keySet)) return keySet;
  throw new Refused(`${file} is no JSON Web Key Set: { "keys": [ … ] } (RFC 7517 section 5).`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isKeySet = (value: unknown): value is JsonWebKeySet =>
  typeof value === 'object' &&
  value !== null &&
  'keys' in value &&
  Array.isArray(value.keys) &&
  value.keys.every((key) => typeof key === 'object' && key !== null);

/**
 * What a client may have.
 *
 * @throws WrongUsage where an API is named without scopes
 * @throws Refused where the realm has no such API
 */
export const accessIn = ({ apis }: Realm, named: readonly string[]): readonly ApiAccess[] =>
  named.map((text) => {
    // A resource may hold the sign, and no scope of anybody's begins with one.
    const sign = text.lastIndexOf('=');
    const name = text.slice(0, Math.max(sign, 0));
    const scopes = parseScope(text.slice(sign + 1).replaceAll(',', ' ')) ?? [];
    if (name === '' || scopes.length === 0) {
      throw new WrongUsage(`--api ${quoted(text)} must be an API with scopes: notes=notes:read,notes:write`);
    }
    const api = apis.find(({ id, resource }) => id === name || sameResource(resource, name));
    if (api !== undefined) return { resource: api.resource, scopes };
    const known = apis.map(({ id }) => quoted(id)).join(', ');
    throw new Refused(
      `The realm has no API ${quoted(name)}. ${known === '' ? 'There is none at all.' : `There is ${known}.`}`,
    );
  });

/** What has to be mended of the terms. */
export const termsRefused = ({ member, problem }: TermsRefused): Refused =>
  new Refused(`The client’s ${WORDS[member]} ${problem}.`);

const WORDS: Readonly<Record<TermsRefused['member'], string>> = {
  id: 'id',
  name: 'name',
  redirectUris: 'redirect URIs:',
  authentication: 'way to authenticate',
  access: 'list of APIs:',
  rememberConsent: 'consent',
  keys: 'keys',
};
