import type { PersonRule } from '../gates/allows-person.ts';
import type { Gate } from '../gates/gates.ts';
import type { OfAccess, OfClaimedClient, OfClient, OfGrant, OfPerson } from './event-members.ts';
import type { Happened } from './happened.ts';

/** What happens to authorizations: sign-in, consent, refusals and limits. */
export type AuthorizationEvent =
  | (Happened & {
      /**
       * A page or form of an interaction was used in another browser, did not fit the interaction, or came after its end. Many of
       * them point to an attack, or to browsers that do not keep cookies.
       */
      readonly type: 'transaction.refused';
      /** The problem that the page describes. */
      readonly problem: string;
    })
  | (Happened &
      OfClaimedClient & {
        /** An authorization request was refused. The client or the person got an error. */
        readonly type: 'authorization.refused';
        /** The error code, or the problem that a page describes. */
        readonly error: string;
        /** The gate that is closed. Absent if none is the reason. */
        readonly gate?: Gate;
        /** The rule that the person breaks. Absent if the refusal is not about a person. */
        readonly rule?: PersonRule;
        /** The person, if the refusal is about one. */
        readonly subject?: string;
      })
  | (Happened &
      OfClient & {
        /** An authorization request was refused because a limit was reached. */
        readonly type: 'authorization.limited';
        /** The limit that was reached. Absent: that of the address. */
        readonly limit?: 'person' | 'organization' | 'realm';
      })
  | (Happened &
      OfPerson & {
        /** A person signed in. */
        readonly type: 'sign-in.succeeded';
      })
  | (Happened & {
      /** A wrong password, or the name of an unknown person. Which of them is not recorded. */
      readonly type: 'sign-in.failed';
      /** The name that was entered, shortened. */
      readonly username: string;
    })
  | (Happened &
      OfPerson & {
        /** A person signed out. */
        readonly type: 'sign-out.succeeded';
      })
  | (Happened & {
      /** A sign-in was refused before the password was checked. */
      readonly type: 'sign-in.limited';
      /** The name that was entered, shortened. */
      readonly username: string;
      /** Too many sign-ins were waiting at once. Absent: there were too many wrong passwords. */
      readonly reason?: 'busy';
    })
  | (Happened &
      OfAccess &
      OfGrant & {
        /** A person allowed a client to use an API. */
        readonly type: 'consent.approved';
        /** The name of the client that the page displayed to the person. */
        readonly clientName: string;
        /** The fingerprint of the document that described the client, as in `document.accepted` and `document.changed`. */
        readonly fingerprint?: string;
      })
  | (Happened &
      OfAccess &
      OfGrant & {
        /** A pre-registered client got access again without a question, because the person had allowed the same before. */
        readonly type: 'consent.remembered';
      })
  | (Happened &
      OfAccess & {
        /** A person refused a client. */
        readonly type: 'consent.denied';
      })
  | (Happened &
      OfPerson & {
        /** A form was sent sooner than a person can read its page. It had no effect. */
        readonly type: 'answer.too-soon';
        /** The page of the form. */
        readonly page: 'consent' | 'connected-apps' | 'sign-out';
        /** The client that the form is about. Absent if it is about none. */
        readonly clientId?: string;
      });
