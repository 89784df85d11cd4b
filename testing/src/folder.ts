import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty folder that belongs to the caller, who deletes it. */
export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'vestibule-test-'));

/** An empty folder that is deleted after the test. */
export function temporaryFolder(): string {
  const folder = newFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
