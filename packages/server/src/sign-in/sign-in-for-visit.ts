import { seeOther } from '../pages/page-response.ts';
import { csrfToken } from '../web/csrf-token.ts';
import { pageAt, type Place, placeAt } from '../web/place.ts';
import {
  beginSignedIn,
  type OpenSignIn,
  type SignInContext,
  signInOf,
  type SignInRequest,
} from './open-sign-in.ts';
import { signInPage } from './sign-in-response.ts';
import { visitCookie } from './visit.ts';

/** The token of the sign-in form of a visit. */
export const visitToken = (secret: string): string => csrfToken(secret, 'sign-in');

/** A sign-in of a person who came by themselves. */
export async function signInForVisit(
  context: SignInContext,
  asked: SignInRequest,
  place: Place,
  secret: string,
): Promise<OpenSignIn> {
  const { issuer, pages, generateToken } = context;
  const { realm } = asked;
  const { transaction, session } = realm.settings.lifetimes;
  const cookie = visitCookie(context, place);
  // At a place of its own the cookie was set when the visit began: who chose the place must not have one set there.
  const cookies = place.kind === 'host' ? [cookie.set(secret, transaction)] : [];
  const action = pageAt(issuer, 'appsSignIn', place);
  const csrf = visitToken(secret);
  const id = place.kind === 'host' ? '' : place.id;
  const shared = signInOf(context, asked, { kind: 'visit', id, browserSecret: secret });

  return {
    cookies,
    again: action,
    signIn: { ...shared, form: { action, fields: { csrf } } },
    form: async ({ status = 200, username, failure }) => {
      const typed = {
        ...(username !== undefined && { username }),
        ...(failure !== undefined && { failure }),
      };
      return signInPage(pages, status, { realmName: realm.name, action, csrf, ...typed }, cookies);
    },
    complete: async (authenticated) => {
      // A program that planted the cookie of this visit knows its place, and must not know where the person is signed in.
      const onward = placeAt(issuer, generateToken());
      const signedIn = await beginSignedIn(context, asked, authenticated, onward, session);
      return seeOther(pageAt(issuer, 'apps', onward), [...signedIn, cookie.set('', 0)]);
    },
  };
}
