import type { AuthorizationResponseView } from '@vestibule/server';
import { markerOf } from './client-marker.ts';
import { describeDestination } from './destination.ts';
import { claim, link, place, sentences } from './markup.ts';
import type { Messages } from './messages/messages.ts';
import type { Frame, LocalsOf } from './template.ts';

/** What the authorization response page displays, and whether it redirects by itself. */
export function authorizationResponsePage(
  view: AuthorizationResponseView,
  messages: Messages,
): { readonly frame: Frame; readonly locals: LocalsOf<'authorization-response'> } {
  const { realmName, clientName, clientLanguage, outcome, location, fields, connectedApps } = view;
  const t = messages.authorizationResponse;
  const { heading, explanation } = t.outcome[outcome];
  const way = wayOn(view);
  const destination = describeDestination(view.destination, messages);
  const client = { name: clientName, language: clientLanguage };
  const instruct = fields !== undefined && way === 'redirecting' ? t.posted : t[way];
  return {
    frame: {
      title: heading,
      realmName,
      refresh: way === 'redirecting' && fields === undefined ? location : undefined,
      formTarget: fields === undefined ? undefined : location,
    },
    locals: {
      t,
      heading,
      lead: explanation(claim(client, markerOf(view, realmName, messages), messages)),
      instruction: instruct(place(destination.place), destination.explanation),
      location,
      fields: fields && Object.entries(fields),
      submit: t.continueTo(destination.place),
      isPrimary: way === 'redirecting',
      closing: sentences([
        t.closePage,
        connectedApps === undefined ? undefined : t.endAnyTime(link(connectedApps, t.connectedApps)),
      ]),
      detail: view.detail,
    },
  };
}

/**
 * How the person gets to the client. The client chose the destination, so the page redirects by itself only after an
 * approval, to a loopback address after a denial, or where an operator chose the destination.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.11.2 RFC 9700 §4.11.2}
 */
function wayOn({
  outcome,
  destination,
  leadsOn = false,
}: AuthorizationResponseView): 'redirecting' | 'optional' | 'warned' {
  if (leadsOn || outcome === 'approved') return 'redirecting';
  if (outcome === 'refused') return 'warned';
  return destination.kind === 'loopback' ? 'redirecting' : 'optional';
}
