import type { Pages } from '../pages/pages.ts';
import type { AuditContext } from '../context/record.ts';
import type { PlainHandler, Reply } from '@vestibule/http';
import { currentRealm, type RealmContext } from '../context/current-realm.ts';
import { refuseInteraction } from './refuse-interaction.ts';
import { bringsPlantedCookie } from '../web/planted-cookies.ts';

/** A problem page if a browser sends a planted cookie, which is recorded. */
export const refusePlantedCookies =
  (context: AuditContext & RealmContext & { readonly pages: Pages }): PlainHandler<Reply | undefined> =>
  async (request, info) =>
    bringsPlantedCookie(context.issuer, request)
      ? refuseInteraction(context, info, await currentRealm(context), 'cookie-planted')
      : undefined;
