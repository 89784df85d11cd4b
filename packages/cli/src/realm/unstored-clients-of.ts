import type { UnstoredClients } from '@vestibule/core';
import type { Database } from '@vestibule/database';
import type { CommandContext } from '../context/command-context.ts';

/**
 * The clients that are not stored yet, which a command opens with the keys of the server. The secret of these keys is read where
 * the server reads it, and only if a command needs it.
 */
export const unstoredClientsOf = (
  { clock, env }: Pick<CommandContext, 'clock' | 'env'>,
  { stores, location }: Pick<Database, 'stores' | 'location'>,
): UnstoredClients => ({
  async blocking(realm, clientId, blockedAt) {
    const { findKeyCipher } = await import('@vestibule/node');
    const { readKeyEncryption, VARIABLE_NAMES } = await import('@vestibule/node/environment');
    const { createClientSealer, plainKeys, unstoredClients } = await import('@vestibule/server');
    const keyEncryption = readKeyEncryption(env);
    const found = await findKeyCipher({ keyEncryption, database: location, names: VARIABLE_NAMES });
    const { realms, keys, commit, audit } = stores;
    const sealer = createClientSealer({ keys, commit, cipher: found ?? plainKeys, audit, clock });
    return unstoredClients({ realms, sealer, clock }).blocking(realm, clientId, blockedAt);
  },
});
