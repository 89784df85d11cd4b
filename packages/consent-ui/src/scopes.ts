import type { ConsentView, ScopeView } from '@vestibule/server';

/** Scopes that stand together on the consent page. */
export interface ScopeGroup {
  readonly heading: string;
  readonly scopes: readonly ScopeView[];
  readonly note?: string;
}

const HELD: Omit<ScopeGroup, 'scopes'> = {
  heading: 'Already allowed',
  note: 'What you untick here is not part of this connection. What the app has from before ends where you end it.',
};

/** What is new, apart from what the app may do already. */
export function scopeGroups({ scopes, held }: Pick<ConsentView, 'scopes' | 'held'>): readonly ScopeGroup[] {
  const heading = held.length > 0 ? 'New: what it asks for now' : 'What it will be able to do there';
  return [
    ...(scopes.length > 0 ? [{ heading, scopes }] : []),
    ...(held.length > 0 ? [{ ...HELD, scopes: held }] : []),
  ];
}
