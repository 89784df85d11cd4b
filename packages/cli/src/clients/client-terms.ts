import { type ApiAccess, type ClientAuthenticationMethod, parseScope, sameResource } from '@vestibule/core';
import type { AuthenticationTerms, TermsRefused } from '@vestibule/core/operator';
import type { Realm } from '@vestibule/core/realm';
import type { JsonWebKeySet } from '@vestibule/core/registration';
import { Refused } from '@vestibule/database';
import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { unknownName } from '../output/unknown-name.ts';
import type { CommandContext } from '../context/command-context.ts';
import { readDocument } from '../options/read-document.ts';
import { WrongUsage } from '../options/wrong-usage.ts';

/** The options that describe a pre-registered client. */
export interface TermsOptions extends RealmOptions {
  readonly name?: string;
  readonly redirectUri?: readonly string[];
  /** APIs, by id or resource, with scopes: `notes=notes:read,notes:write`. */
  readonly api?: readonly string[];
  readonly rememberConsent?: boolean;
  /** The path of a file with a JWK Set. */
  readonly jwks?: string;
  readonly jwksUri?: string;
}

export const METHODS: readonly ClientAuthenticationMethod[] = [
  'none',
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
];

/**
 * How a client authenticates.
 *
 * @throws WrongUsage if keys are missing, or given for a method that does not use them
 */
export async function authenticationIn(
  context: CommandContext,
  method: ClientAuthenticationMethod,
  options: TermsOptions,
): Promise<AuthenticationTerms> {
  const keys = await keysIn(context, options);
  if (method === 'private_key_jwt') {
    if (keys === undefined) throw new WrongUsage('--auth private_key_jwt needs --jwks or --jwks-uri.');
    return { method, ...keys };
  }
  if (keys !== undefined) throw new WrongUsage('--jwks and --jwks-uri are for --auth private_key_jwt.');
  return { method };
}

/** The client's keys or their URL; `undefined` if the options name neither. */
export async function keysIn(
  context: CommandContext,
  { jwks, jwksUri }: TermsOptions,
): Promise<{ readonly jwks?: JsonWebKeySet; readonly jwksUri?: string } | undefined> {
  if (jwks !== undefined) return { jwks: await readKeySet(context, jwks) };
  return jwksUri === undefined ? undefined : { jwksUri };
}

async function readKeySet(context: CommandContext, file: string): Promise<JsonWebKeySet> {
  const text = new TextDecoder().decode(await readDocument(file, context));
  const keySet = parseJson(text);
  if (isKeySet(keySet)) return keySet;
  throw new Refused(
    `${file} is not a JSON Web Key Set. It must look like { "keys": [ … ] } (RFC 7517 section 5).`,
  );
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
 * The APIs and scopes that a client may request.
 *
 * @throws WrongUsage if an API is named without scopes
 * @throws Refused if the realm has no such API
 */
export const accessIn = ({ apis }: Realm, named: readonly string[]): readonly ApiAccess[] =>
  named.map((text) => {
    // A resource may contain `=`; a scope in the list must not.
    const sign = text.lastIndexOf('=');
    const name = text.slice(0, Math.max(sign, 0));
    const scopes = parseScope(text.slice(sign + 1).replaceAll(',', ' ')) ?? [];
    if (name === '' || scopes.length === 0) {
      throw new WrongUsage(
        `--api ${quoted(text)} must be an API with scopes, such as notes=notes:read,notes:write.`,
      );
    }
    const api = apis.find(({ id, resource }) => id === name || sameResource(resource, name));
    if (api !== undefined) return { resource: api.resource, scopes };
    throw new Refused(
      unknownName(
        'API',
        name,
        apis.map(({ id }) => id),
      ),
    );
  });

/** The error for terms that the realm does not accept. */
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
