import type { ApiAmendment } from '@vestibule/core/operator';
import { Refused } from '@vestibule/database';
import type { CommandContext } from '../context/command-context.ts';
import { confirm, type ConfirmOption, requireConfirmable } from '../context/confirm.ts';
import type { RealmOptions } from '../options/common.ts';
import { WrongUsage } from '../options/wrong-usage.ts';
import { quoted } from '../output/harmless.ts';
import { madeOrRefused } from '../output/made-or-refused.ts';
import { printResult } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import { unknownApi } from './show-apis.ts';

export interface ApiOptions extends RealmOptions {
  readonly name?: string;
  readonly resource?: string;
  readonly scope?: readonly string[];
  readonly dpop?: string;
  /** Absent: as it is, and `false` for a new API. */
  readonly pushedRequestsOnly?: boolean;
  readonly allowedGroup?: readonly string[];
  /** Every person may let apps use it. */
  readonly everyPerson?: boolean;
}

/**
 * Adds an API, closed to dynamic clients.
 *
 * @throws Refused with all problems
 */
export async function addApi(context: CommandContext, options: ApiOptions, id: string): Promise<void> {
  const { name = id, resource, scope = [], dpop, pushedRequestsOnly } = options;
  const { allowedGroups } = groupsOf(options);
  await inRealm(context, options, async ({ actor, realm, operator }) => {
    const added = await operator.apis.add(actor, realm.id, {
      id,
      name,
      resource,
      scopes: scope,
      ...(dpop !== undefined && { dpop }),
      ...(pushedRequestsOnly !== undefined && { pushedRequestsOnly }),
      ...(Array.isArray(allowedGroups) && { allowedGroups }),
    });
    madeOrRefused(added, () => `The realm ${realm.id} was deleted.`);
  });
  printResult(context, options, {
    document: { id, added: true },
    text: () =>
      `The API ${quoted(id)} is added, and closed to dynamic clients. To open it, run vestibule gates open api ${quoted(id)}.`,
  });
}

/**
 * Changes what the options name of an API.
 *
 * @throws WrongUsage if no option says what to change
 * @throws Refused with all problems, or if the realm does not have it
 */
export async function changeApi(context: CommandContext, options: ApiOptions, id: string): Promise<void> {
  const { name, scope, dpop, pushedRequestsOnly } = options;
  const amendment = {
    ...(name !== undefined && { name }),
    ...(scope !== undefined && { scopes: scope }),
    ...(isDpop(dpop) && { dpop }),
    ...(pushedRequestsOnly !== undefined && { pushedRequestsOnly }),
    ...groupsOf(options),
  };
  if (Object.keys(amendment).length === 0) {
    throw new WrongUsage(
      'Nothing to change. Pass --name, --scope, --dpop, --pushed-requests-only, --allowed-group or --every-person.',
    );
  }
  const change = await inRealm(context, options, async ({ actor, realm, operator }) =>
    madeOrRefused(await operator.apis.change(actor, realm.id, id, amendment), () => unknownApi(realm, id)),
  );
  printResult(context, options, {
    document: { id, change },
    text: () =>
      change === 'changed'
        ? `The API ${quoted(id)} is changed. This takes effect immediately on every node.`
        : `The API ${quoted(id)} is so already. Nothing was changed.`,
  });
}

/**
 * Whose people may let apps use it, if the options say so.
 *
 * @throws WrongUsage if they contradict each other
 */
function groupsOf({
  allowedGroup,
  everyPerson = false,
}: Pick<ApiOptions, 'allowedGroup' | 'everyPerson'>): Pick<ApiAmendment, 'allowedGroups'> {
  if (allowedGroup !== undefined && everyPerson) {
    throw new WrongUsage('Pass --allowed-group or --every-person, not both.');
  }
  if (everyPerson) return { allowedGroups: null };
  return allowedGroup === undefined ? {} : { allowedGroups: allowedGroup };
}

/** Commander has checked it against the choices. */
const isDpop = (text: string | undefined): text is NonNullable<ApiAmendment['dpop']> => text !== undefined;

/**
 * Removes an API after confirmation.
 *
 * @throws WrongUsage if standard input is not a terminal and `--yes` is missing
 * @throws Refused if the realm does not have it, or the removal is not confirmed
 */
export async function removeApi(
  context: CommandContext,
  options: RealmOptions & ConfirmOption,
  id: string,
): Promise<void> {
  requireConfirmable(context, options);
  await inRealm(context, options, async ({ actor, realm, operator }) => {
    if (!realm.apis.some((api) => api.id === id)) throw new Refused(unknownApi(realm, id));
    await confirm(context, options, `Remove the API ${quoted(id)}? No token is issued for it any more.`);
    if ((await operator.apis.remove(actor, realm.id, id)) === 'missing') {
      throw new Refused(unknownApi(realm, id));
    }
  });
  printResult(context, options, {
    document: { id, removed: true },
    text: () =>
      `The API ${quoted(id)} is removed: codes and refresh tokens for it are refused. Access tokens stay valid until they expire at APIs that do not check for revocation.`,
  });
}
