import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/**
 * A folder in `parent` of this process alone, so that two programs in one checkout do not write over what the other
 * runs. It is removed when the process ends, and what killed processes left there now.
 */
export const runFolder = (parent: string): string => {
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent))
    if (!isRunning(Number(name))) rmSync(join(parent, name), { recursive: true, force: true });
  const folder = join(parent, String(process.pid));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
