import type { RequestHead } from '@vestibule/http';
import type { Keyring } from '../key/keyring.ts';
import { keySetOf } from '../key/key-set.ts';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { type Clock, type GenerateToken, toEpochSeconds } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { type PlacedCookie, placedCookie, readCookies } from '../web/cookie.ts';
import { type Place, placeOf } from '../web/place.ts';
import { sha256 } from '../web/digest.ts';
import { canonicalUsername } from '../ports/person-store.ts';

/** Differs from the types of access tokens and ID tokens, so that none can be used as another. */
const TYPE = 'vestibule-device+jwt';

const LIFETIME = 90 * 86_400;

/** What known browsers are recognized with. */
export interface DeviceContext {
  readonly realm: string;
  readonly issuer: string;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly generateToken: GenerateToken;
}

/**
 * A cookie that proves that a person has signed in under a name in this browser before. It does not sign anyone in; it
 * prevents that guessing at the name elsewhere delays its owner. It does not exist if pages have their own paths, because
 * all of them would need it.
 *
 * @see {@link https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies OWASP, Device Cookies}
 */
const deviceCookie = (
  { issuer, realm }: Pick<DeviceContext, 'issuer' | 'realm'>,
  place: Place,
): PlacedCookie => placedCookie(issuer, `vestibule-device-${realm}`, place);

const nameHash = (username: string): string => sha256(`device:${canonicalUsername(username)}`);

/** The id of this browser, if a person has signed in under that name in it. */
export async function knownDevice(
  context: DeviceContext,
  realm: Realm,
  request: RequestHead,
  username: string,
): Promise<string | undefined> {
  return (await deviceClaims(context, realm, request, nameHash(username)))?.jti;
}

/** The hash of a name under which a person has signed in in this browser. */
export const deviceName = async (
  context: DeviceContext,
  realm: Realm,
  request: RequestHead,
): Promise<string | undefined> => (await deviceClaims(context, realm, request))?.sub;

async function deviceClaims(
  context: DeviceContext,
  realm: Realm,
  request: RequestHead,
  subject?: string,
): Promise<JWTPayload | undefined> {
  const { keyring, issuer, clock } = context;
  const place = placeOf(issuer, request);
  const value = place && readCookies(request).get(deviceCookie(context, place).name);
  if (value === undefined) return undefined;
  const keys = keySetOf(await keyring.publicKeys(realm));
  const about = subject === undefined ? {} : { subject };
  const expected = { typ: TYPE, issuer, audience: issuer, ...about, currentDate: new Date(clock()) };
  try {
    const { payload } = await jwtVerify(value, keys, { ...expected, requiredClaims: ['exp', 'jti', 'sub'] });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

/**
 * Makes this browser known for that name.
 *
 * @returns the `Set-Cookie` header, if browsers can be known here
 */
export async function rememberDevice(
  context: DeviceContext,
  realm: Realm,
  username: string,
  place: Place,
): Promise<readonly string[]> {
  if (place.kind === 'path') return [];
  const { keyring, issuer, clock, generateToken } = context;
  const signer = await keyring.signer(realm);
  const now = toEpochSeconds(clock());
  const claims = {
    iss: issuer,
    aud: issuer,
    sub: nameHash(username),
    jti: generateToken(),
    iat: now,
    exp: now + LIFETIME,
  };
  const value = await signer.sign(claims, TYPE);
  return [deviceCookie(context, place).set(value, LIFETIME)];
}
