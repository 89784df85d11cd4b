import { errors } from 'oidc-provider';
import type { BridgeContext } from '../bridge-context.ts';

/** Whether a grant is still good: neither an operator nor its person has ended it, and it is of this client. */
export async function isGrantGood(
  { grants, realm }: Pick<BridgeContext, 'grants' | 'realm'>,
  grantId: string | undefined,
  clientId: string,
): Promise<boolean> {
  const grant = grantId === undefined ? undefined : await grants.find(realm, grantId);
  return grant?.clientId === clientId;
}

/** @throws an error of oidc-provider if the grant was ended */
export async function requireGrant(
  context: Pick<BridgeContext, 'grants' | 'realm'>,
  grantId: string | undefined,
  clientId: string,
): Promise<void> {
  if (!(await isGrantGood(context, grantId, clientId))) throw new errors.InvalidGrant('grant has ended');
}
