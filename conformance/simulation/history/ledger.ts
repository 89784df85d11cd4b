import type { Change, Stores } from '@vestibule/server';

/** Everything that was ever stored, with a way to find out whether it still is. */
export interface Ledger {
  /** The stores, whose additions are noted. */
  readonly stores: Stores;
  /** What is still stored. Ask when nothing else happens any more: some questions change what they ask about. */
  readonly left: () => Promise<readonly string[]>;
}

type Question = () => Promise<boolean>;

/** What a change adds, and how to find out whether it is stored. */
function addedBy(change: Change, stores: Stores): readonly [string, Question] | undefined {
  const { interactions, codes, pushedRequests, replays, grants, sessions, revokedTokens } = stores;
  if (change.kind === 'interaction.insert') {
    const { realm, id } = change.interaction;
    return [`interaction ${id}`, async () => (await interactions.find(realm, id)) !== undefined];
  }
  if (change.kind === 'interaction.decide' && change.grant !== undefined) {
    const { realm, id } = change.grant;
    return [
      `grant ${id}`,
      async () =>
        (await grants.findUnopened(realm, id)) !== undefined ||
        (await grants.find(realm, id)) !== undefined ||
        (await grants.listEnded(realm, 0)).includes(id),
    ];
  }
  if (change.kind === 'code.insert') {
    const { realm, key, code, expiresAt } = change;
    return [`code ${key}`, async () => (await codes.put(realm, key, code, expiresAt)) === 'exists'];
  }
  if (change.kind === 'pushed-request.insert') {
    const { realm, key, request, expiresAt } = change;
    const put = () => pushedRequests.put(realm, key, request, expiresAt);
    return [`pushed request ${key}`, async () => (await put()) === 'exists'];
  }
  if (change.kind === 'replay.note') {
    const { realm, key, expiresAt } = change;
    return [`used id ${key}`, async () => (await replays.note(realm, key, expiresAt)) !== 'first'];
  }
  if (change.kind === 'session.insert') {
    const { realm, hash } = change.session;
    return [`session ${hash}`, async () => (await sessions.find(realm, hash)) !== undefined];
  }
  if (change.kind === 'revoked-token.insert') {
    const { realm, tokenId } = change;
    return [`revoked token ${tokenId}`, () => revokedTokens.has(realm, tokenId)];
  }
  return undefined;
}

/** Notes what is added to stores. */
export function createLedger(bare: Stores): Ledger {
  const questions = new Map<string, Question>();

  const stores: Stores = {
    ...bare,
    commit: async (changes) => {
      const outcome = await bare.commit(changes);
      for (const change of outcome.committed ? changes : []) {
        const added = addedBy(change, bare);
        if (added !== undefined) questions.set(...added);
      }
      return outcome;
    },
  };
  return {
    stores,
    async left() {
      const found: string[] = [];
      for (const [what, isStored] of questions) if (await isStored()) found.push(what);
      return found;
    },
  };
}
