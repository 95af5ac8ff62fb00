import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

export interface Asset {
  readonly contentType: string;
  readonly read: () => Promise<string>;
}

const pageUrl = new URL('./page/', import.meta.url);

/** In the order in which they are laid over each other. */
const styleSheets = ['base', 'layout', 'fleet', 'execution'];

const source = (name: string): Promise<string> => readFile(new URL(name, pageUrl), 'utf8');

/** The page's program in one file, without its types, with the library that it uses; `page/tsconfig.json` says how. */
const script = async (): Promise<string> => {
  const bundle = await rolldown({
    input: fileURLToPath(new URL('main.tsx', pageUrl)),
    platform: 'browser',
  });
  // The default of the second is a pattern, which rolldown does not take for one in Jest's own realm.
  const { output } = await bundle.generate({ format: 'esm', sourcemapIgnoreList: false });
  await bundle.close();
  return output[0].code;
};

const styles = async (): Promise<string> =>
  (await Promise.all(styleSheets.map((name) => source(`styles/${name}.css`)))).join('\n');

/** Makes an asset when it is first asked for, and never again. */
const once = (contentType: string, make: () => Promise<string>): Asset => {
  let made: Promise<string> | undefined;
  return {
    contentType,
    read: () => {
      made ??= make();
      return made;
    },
  };
};

/** Everything that the page is made of, by its path on the server. */
export const pageAssets = (): ReadonlyMap<string, Asset> =>
  new Map([
    ['/', once('text/html; charset=utf-8', () => source('index.html'))],
    ['/_local/console/console.js', once('text/javascript; charset=utf-8', script)],
    ['/_local/console/console.css', once('text/css; charset=utf-8', styles)],
    ['/_local/console/icon.svg', once('image/svg+xml', () => source('icon.svg'))],
  ]);
