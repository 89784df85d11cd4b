import { factsOf } from '../history/history.ts';
import { grouped, type Invariant } from './invariant.ts';

/** @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2 RFC 6749 §4.1.2} */
export const aCodeIsExchangedOnce: Invariant = {
  name: 'a code is exchanged once',
  check: ({ history, stored }) => {
    const exchanged = factsOf(history, 'tokens').filter(
      ({ fact }) => fact.grantType === 'authorization_code',
    );
    const answered = [...grouped(exchanged, ({ fact }) => `${fact.realm} ${fact.presented}`)].flatMap(
      ([, uses]) =>
        uses.length > 1
          ? [
              `${uses[0]?.fact.presented} was exchanged in the entries ${uses.map(({ entry }) => entry.number).join(', ')}.`,
            ]
          : [],
    );
    const recorded = stored.events.flatMap((event) =>
      event.type === 'token.issued' && event.grantType === 'authorization_code' ? [event] : [],
    );
    const opened = [...grouped(recorded, ({ realm, grantId }) => `${realm} ${grantId}`)].flatMap(
      ([grant, uses]) => (uses.length > 1 ? [`The grant ${grant} was opened ${uses.length} times.`] : []),
    );
    return [...answered, ...opened];
  },
};
