import type { SelfRegisteredClient } from '@vestibule/core';
import type { Client } from 'oidc-provider';

/** The member of a client's metadata in oidc-provider that says that the client registered itself, and how. */
export const KIND = 'vestibule_kind';

/** Whether a client of oidc-provider registered itself here. The rules of this package apply to no other client. */
export const isSelfRegistered = (client: Client | undefined): client is Client & { readonly [KIND]: Kind } =>
  client?.[KIND] !== undefined;

type Kind = SelfRegisteredClient['kind'];
