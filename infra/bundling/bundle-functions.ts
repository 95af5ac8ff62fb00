import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { projectDirectory } from './function-stems.ts';

const bundleFunction = async (stem: string, outdir: string): Promise<void> => {
  const bundle = await rolldown({
    input: join(projectDirectory, 'functions', `${stem}.ts`),
    cwd: projectDirectory,
    platform: 'node',
    transform: { target: 'node24' },
    treeshake: { moduleSideEffects: false },
  });
  try {
    await bundle.write({
      file: join(outdir, stem, `${stem}.cjs`),
      format: 'cjs',
      exports: 'named',
      minify: true,
      sourcemap: true,
      codeSplitting: false,
    });
  } finally {
    await bundle.close();
  }
};

/**
 * Bundles functions for Lambda: `<outdir>/<stem>/<stem>.cjs` and its source map, which export `handler`. The same
 * sources give the same bytes, wherever they lie.
 */
export const bundleFunctions = async (stems: readonly string[], outdir: string): Promise<void> => {
  const directory = resolve(outdir);
  await Promise.all(stems.map((stem) => bundleFunction(stem, directory)));
};
