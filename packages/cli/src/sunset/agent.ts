import { type DynamicClient, redirectTarget } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { statementIssuerOf } from '@vestibule/core/registration';

/** What many registrations have in common: the program that made them, as far as it can be told. */
export interface Agent {
  /** A name that it registered, without what it adds for each server: `Claude Code` of `Claude Code (notes)`. */
  readonly name: string;
  readonly softwareId?: string;
  /** The statement issuer that confirmed it, by its name in the realm. Absent: the name and the software id are only claims. */
  readonly verifiedBy?: string;
  /** Where its redirect URIs lead, sorted. */
  readonly targets: readonly string[];
}

/** The agent of a registration. */
export function agentOf(client: DynamicClient, realm: Realm): Agent {
  const { name, softwareId, redirectUris } = client;
  const verifiedBy = statementIssuerOf(client, realm)?.name;
  return {
    name: programName(name),
    ...(softwareId !== undefined && { softwareId }),
    ...(verifiedBy !== undefined && { verifiedBy }),
    targets: targetsOf(redirectUris),
  };
}

/** Equal for registrations of one agent: with the same software id, or name if there is none, and the same destinations. */
export const agentKey = ({ name, softwareId, verifiedBy, targets }: Agent): string =>
  JSON.stringify([
    softwareId === undefined ? ['name', comparable(name)] : ['id', softwareId],
    verifiedBy,
    targets,
  ]);

/** The distinct targets of redirect URIs, sorted. */
export const targetsOf = (redirectUris: readonly string[]): readonly string[] =>
  [...new Set(redirectUris.map(redirectTarget))].toSorted();

/** Whether two names are those of one program. */
export const isSameProgram = (one: string, other: string): boolean =>
  comparable(programName(one)) === comparable(programName(other));

/** A name without a last part in parentheses, in which agents name the server that they registered at. */
const programName = (name: string): string => /^(.*\S)\s*\([^()]*\)$/u.exec(name)?.[1] ?? name;

const comparable = (name: string): string => name.normalize('NFKC').toLowerCase();
