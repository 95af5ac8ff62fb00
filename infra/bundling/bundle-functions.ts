import { join, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { functionsDirectory, projectDirectory } from './function-stems.ts';
import { warningsAreErrors } from './warnings-are-errors.ts';
import { withoutDefaultCredentials } from './without-default-credentials.ts';
import { withoutModelledErrors } from './without-modelled-errors.ts';
import { withoutUnusedParts } from './without-unused-parts.ts';

/** One build needs about 100 MB, and rolldown itself works in parallel. */
const buildsAtOnce = 2;

const bundleFunction = async (stem: string, directory: string): Promise<void> => {
  const bundle = await rolldown({
    input: join(functionsDirectory, `${stem}.ts`),
    cwd: projectDirectory,
    platform: 'node',
    // Not the packages' CommonJS, of which nothing unused can be left out.
    resolve: { mainFields: ['module', 'main'] },
    transform: { target: 'node24' },
    // A slow machine is no reason for a warning.
    checks: { bundlerTimings: false },
    plugins: [
      warningsAreErrors(),
      withoutDefaultCredentials(),
      withoutModelledErrors(),
      ...withoutUnusedParts(),
    ],
  });
  try {
    await bundle.write({
      file: join(directory, stem, `${stem}.cjs`),
      format: 'cjs',
      codeSplitting: false,
      minify: true,
      // V8 holds a source that is all ASCII in half the memory, and reads it faster.
      charset: 'ascii',
      sourcemap: true,
      sourcemapExcludeSources: true,
      sourcemapPathTransform: (source, map) => relative(projectDirectory, resolve(map, '..', source)),
    });
  } finally {
    await bundle.close();
  }
};

/**
 * Bundles functions for Lambda: `<outdir>/<stem>/<stem>.cjs`, which exports `handler`, and its source map. The same
 * sources give the same bytes, wherever they lie and wherever they go.
 */
export const bundleFunctions = async (stems: readonly string[], outdir: string): Promise<void> => {
  const directory = resolve(outdir);
  const waiting = [...stems];
  const work = async (): Promise<void> => {
    for (let stem = waiting.shift(); stem !== undefined; stem = waiting.shift())
      await bundleFunction(stem, directory);
  };
  await Promise.all(Array.from({ length: buildsAtOnce }, work));
};
