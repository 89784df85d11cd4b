import type { Reply } from '@vestibule/http';
import type { GenerateToken } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { type PlacedCookie, placedCookie } from '../web/cookie.ts';
import { pageAt, type Place, placeAt } from '../web/place.ts';
import { seeOther } from '../pages/page-response.ts';

/** What a visit begins with. */
export interface VisitContext {
  readonly realm: string;
  readonly issuer: string;
  readonly generateToken: GenerateToken;
}

/** The cookie that binds the sign-in form to this browser before the sign-in. */
export const visitCookie = (
  { issuer, realm }: Pick<VisitContext, 'issuer' | 'realm'>,
  place: Place,
): PlacedCookie => placedCookie(issuer, `vestibule-visit-${realm}`, place);

/** Sends a person whom no client sent to the sign-in, at a new place if places have their own paths. */
export function beginVisit(context: VisitContext, realm: Realm): Reply {
  const { issuer, generateToken } = context;
  const place = placeAt(issuer, generateToken());
  const page = pageAt(issuer, 'appsSignIn', place);
  if (place.kind === 'host') return seeOther(page);
  const cookie = visitCookie(context, place).set(generateToken(), realm.settings.lifetimes.transaction);
  return seeOther(page, [cookie]);
}
