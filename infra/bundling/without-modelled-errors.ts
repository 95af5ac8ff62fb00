import type { Plugin } from 'rolldown';
import { bundledModules } from './bundled-modules.ts';

const schemas = /\/@aws-sdk\/(client-[^/]+)\/dist-es\/schemas\/schemas_0\.js$/;
const errors = /\/@aws-sdk\/client-[^/]+\/.*\/errors\.js$/;
const registration = /^n\d+_registry\.registerError\(\w+\$, \w+\);$/gm;

/** A class that says that it may be retried, up to that word. */
const retryable = /class (\w+) extends (?:(?!class )[\s\S])*?\$retryable/g;

/** Of tables in several regions, which the deployment's is not. */
const irrelevant: ReadonlySet<string | undefined> = new Set(['ReplicatedWriteConflictException']);

const retriedByClass = (code: string): boolean =>
  [...code.matchAll(retryable)].some(([, name]) => !irrelevant.has(name));

const packageOf = (module: string): string | undefined => /\/@aws-sdk\/(client-[^/]+)\//.exec(module)?.[1];

/**
 * Leaves out a class for each error of a service, which the SDK's tables of schemas register. Without them its
 * errors are of the service's base class, with the same name, message and metadata, and those are all that
 * `aws-errors.ts` reads.
 */
export const withoutModelledErrors = (): Plugin => {
  const relieved = new Set<string | undefined>();
  return {
    name: 'without-modelled-errors',
    transform: {
      filter: { id: [schemas, errors] },
      handler(code, id) {
        if (errors.test(id)) {
          if (retriedByClass(code)) this.error(`${id} has an error that is retried by its class.`);
          return null;
        }
        relieved.add(packageOf(id));
        return { code: code.replace(registration, ''), map: null };
      },
    },
    generateBundle(_options, bundle) {
      for (const module of bundledModules(bundle)) {
        const client = packageOf(module);
        if (client !== undefined && !relieved.has(client))
          this.error(`${client} has no table of schemas where it was.`);
        if (errors.test(module))
          this.error(`${module} is in the bundle: compare an error's name, not its class.`);
      }
    },
  };
};
