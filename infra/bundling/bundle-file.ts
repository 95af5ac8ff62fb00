import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A function's bundle, as `bundleFunctions` wrote it. */
export interface BundleFile {
  readonly path: string;
  readonly kilobytes: number;
  /** The sources of its map, from the project's folder. */
  readonly sources: readonly string[];
}

/** Reads the bundle of a function in the folder that was bundled into. */
export const readBundle = (outdir: string, stem: string): BundleFile => {
  const path = join(outdir, stem, `${stem}.cjs`);
  const { sources } = JSON.parse(readFileSync(`${path}.map`, 'utf8')) as {
    readonly sources: readonly string[];
  };
  return { path, kilobytes: readFileSync(path).length / 1_000, sources };
};
