import type { OutputBundle } from 'rolldown';

/** The modules of which something is in the bundle, by their ids. */
export const bundledModules = (bundle: OutputBundle): readonly string[] =>
  Object.values(bundle).flatMap((output) =>
    output.type === 'chunk'
      ? Object.entries(output.modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? id : []))
      : [],
  );
