import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { goodScenes, harmlessCommands, pathOf, sha256sum, standIn, worldlyCommands } from './stand-ins.ts';

/** The folders of the machine that the script writes to. */
const folders = ['/etc/sudoers.d', '/home/runner', '/opt', '/run', '/tmp'];

/** What the script reads of the machine. */
const files: Readonly<Record<string, string>> = { '/proc/uptime': '17.86 60.21\n' };

const places = [...folders, ...Object.keys(files)];

const atPlace = new RegExp(`(?<![\\w/.])(?=(?:${places.join('|')})(?:[/\\s"]|$))`, 'gm');

/** A text of bash, but for where the machine's files are: an ordinary user cannot write to those of the machine. */
export const relocated = (text: string, root: string): string => text.replaceAll(atPlace, root);

/** The absolute paths in a text of bash that are not relocated. */
export const otherPaths = (text: string): readonly string[] =>
  [...relocated(text, '').matchAll(/(?<![\w/.:$}])\/[a-z][\w./-]*/g)]
    .map(([path]) => path)
    .filter((path) => !places.some((place) => path === place || path.startsWith(`${place}/`)));

export interface Sandbox {
  readonly path: string;
  /** Stands for `/`. */
  readonly root: string;
  readonly bash: string;
}

/** A folder with a machine's folders in it, and nothing but stand-ins for its commands. */
export const createSandbox = (scenes: Readonly<Record<string, string>>): Sandbox => {
  const path = mkdtempSync(join(tmpdir(), 'machine-'));
  const root = join(path, 'root');
  const bash = pathOf('bash');
  for (const folder of ['commands', 'real', 'scene', 'root/proc', ...folders.map((name) => `root${name}`)])
    mkdirSync(join(path, folder), { recursive: true });
  for (const command of [...harmlessCommands, ...worldlyCommands]) {
    writeFileSync(join(path, 'commands', command), standIn(bash));
    chmodSync(join(path, 'commands', command), 0o755);
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  for (const command of harmlessCommands) symlinkSync(pathOf(command), join(path, 'real', command));
  for (const [command, scene] of Object.entries({ ...goodScenes, ...scenes }))
    writeFileSync(join(path, 'scene', command), scene);
  symlinkSync(process.execPath, join(path, 'node'));
  writeFileSync(join(path, 'sha256sum.cjs'), sha256sum);
  return { path, root, bash };
};

/** The text of a file; `undefined` when there is none. */
export const textOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** Every file under a machine's root, by its path on the machine. */
export const filesOf = ({ root }: Sandbox): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => statSync(path).size < 100_000)
      .map((path) => [`/${relative(root, path)}`, textOf(path)?.replaceAll(root, '') ?? '']),
  );
