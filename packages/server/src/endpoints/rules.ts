import { RULES } from '@vestibule/core';
import { allowMethods, type Handler } from '@vestibule/http';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { pageResponse } from '../pages/page-response.ts';

/** The page that says what each rule of registration asks for, under its id: errors lead here. */
export function createRulesEndpoint(context: ServerContext): Handler {
  return allowMethods(['GET'], async () => {
    const realm = await currentRealm(context);
    return pageResponse(200, context.pages.rules({ realmName: realm.name, rules: RULES }));
  });
}
