import type {
  ConnectedAppsView,
  ConsentView,
  NotAllowedView,
  AuthorizationResponseView,
  OnwardView,
  ProblemView,
  RulesView,
  SignInView,
  SignOutView,
} from './views.ts';

/** A rendered page. */
export interface Page {
  readonly html: string;
  /** `content-type`, `content-security-policy` and other security headers. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The pages for people. An implementation must escape every text of a view, must not load or link anything that a client
 * named (except on the authorization response page, which leads to the client), and must send headers that forbid framing,
 * scripts and other form targets.
 */
export interface Pages {
  signIn(view: SignInView): Page;
  consent(view: ConsentView): Page;
  notAllowed(view: NotAllowedView): Page;
  handBack(view: AuthorizationResponseView): Page;
  onward(view: OnwardView): Page;
  connectedApps(view: ConnectedAppsView): Page;
  signOut(view: SignOutView): Page;
  problem(view: ProblemView): Page;
  rules(view: RulesView): Page;
}
