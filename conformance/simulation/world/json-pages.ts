import type { ConnectedAppView, Pages } from '@vestibule/server';

/** The members of a page's view that people use; which ones exist depends on the page. */
export interface View {
  readonly page: string;
  readonly action: string;
  readonly interaction: string;
  readonly csrf: string;
  readonly location: string;
  readonly outcome: string;
  readonly scopes: readonly { readonly name: string }[];
  readonly held: readonly { readonly name: string }[];
  readonly durations: readonly unknown[];
  readonly person?: { readonly subject: string };
  readonly apps?: readonly ConnectedAppView[];
  readonly signedIn?: { readonly csrf: string };
}

const page = (view: object) => ({
  html: JSON.stringify(view),
  headers: { 'content-type': 'application/json' },
});

/** Each page is its view as JSON, so that people can read it. */
export const jsonPages: Pages = {
  signIn: (view) => page({ page: 'sign-in', ...view }),
  consent: (view) => page({ page: 'consent', ...view }),
  notAllowed: (view) => page({ page: 'not-allowed', ...view }),
  handBack: (view) => page({ page: 'hand-back', ...view }),
  onward: (view) => page({ page: 'onward', ...view }),
  connectedApps: (view) => page({ page: 'connected-apps', ...view }),
  signOut: (view) => page({ page: 'sign-out', ...view }),
  rules: (view) => page({ page: 'rules', ...view }),
  problem: (view) => page({ page: 'problem', ...view }),
};
