import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BundleFile, readBundle } from '../infra/bundling/bundle-file.ts';
import { bundleFunctions } from '../infra/bundling/bundle-functions.ts';
import { limitsOf } from '../infra/bundling/bundle-limits.ts';
import { functionStems } from '../infra/bundling/function-stems.ts';

/**
 * Bundles every function and measures, against the limits, what each weighs and how much longer a fresh process
 * runs that loads it than one that loads an empty module. Exit status 1 when a limit is passed.
 */

const rounds = 15;

interface Measured {
  readonly stem: string;
  readonly bundle: BundleFile;
  /** Over an empty module. */
  readonly loadMs: number;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** How long a fresh process of this Node takes that does nothing but load the module. */
const processMs = (path: string): number => {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [path], { env: {}, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${path} does not load: ${stderr}`);
  return performance.now() - start;
};

/**
 * Every bundle once a round, each beside an empty module: whatever else this machine does for a while hits both,
 * and no bundle more than another.
 */
const measure = (stems: readonly string[], directory: string, empty: string): readonly Measured[] => {
  const bundles = stems.map((stem) => ({ stem, bundle: readBundle(directory, stem) }));
  const differences = Array.from({ length: rounds }, () =>
    bundles.map(({ bundle }) => processMs(bundle.path) - processMs(empty)),
  );
  return bundles.map((one, index) => ({
    ...one,
    loadMs: median(differences.map((round) => round[index] ?? Number.NaN)),
  }));
};

const against = (value: number, limit: number, unit: string): string =>
  `${value.toFixed(0).padStart(6)} of ${limit} ${unit}${value > limit ? ' !' : '  '}`;

const print = ({ stem, bundle, loadMs }: Measured): void => {
  const limits = limitsOf(bundle.sources);
  const weight = against(bundle.kilobytes, limits.kilobytes, 'KB');
  console.log(`${stem.padEnd(28)}${weight}${against(loadMs, limits.loadMs, 'ms')}`);
};

const isWithin = ({ bundle, loadMs }: Measured): boolean => {
  const limits = limitsOf(bundle.sources);
  return bundle.kilobytes <= limits.kilobytes && loadMs <= limits.loadMs;
};

const measureIn = async (directory: string): Promise<readonly Measured[]> => {
  const empty = join(directory, 'empty.cjs');
  writeFileSync(empty, '');
  const stems = functionStems();
  await bundleFunctions(stems, directory);
  return measure(stems, directory, empty);
};

const directory = mkdtempSync(join(tmpdir(), 'stint-load-time-'));
try {
  const measured = await measureIn(directory);
  for (const one of measured) print(one);
  const load = loadavg()[0]?.toFixed(1);
  console.log(`Node ${process.versions.node}, medians of ${rounds} rounds, load average ${load}`);
  process.exitCode = measured.every(isWithin) ? 0 : 1;
} finally {
  rmSync(directory, { recursive: true });
}
