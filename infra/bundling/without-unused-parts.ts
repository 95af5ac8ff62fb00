import type { Plugin } from 'rolldown';
import { exactRegex } from 'rolldown/filter';
import { bundledModules } from './bundled-modules.ts';

interface UnusedPart {
  /** As the SDK's clients import it. */
  readonly specifier: string;
  /** What takes its place: as little as its importers ask for. */
  readonly replacement: string;
  /** What is meant to be gone. */
  readonly gone: RegExp;
}

/** No operation that is used here has an event stream. */
const eventStreams: UnusedPart = {
  specifier: '@smithy/core/event-streams',
  replacement: `
export class EventStreamSerde {
  constructor() {
    throw new Error('This bundle was built without event streams.');
  }
}
export const eventStreamSerdeProvider = undefined;`,
  gone: /\/@smithy\/core\/.*event-streams\//,
};

/** DynamoDB's search for an endpoint by a call of its own is off unless somebody switches it on. */
const endpointDiscovery: UnusedPart = {
  specifier: '@aws-sdk/middleware-endpoint-discovery',
  replacement: `
const nowhere = () => undefined;
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: nowhere,
  configFileSelector: nowhere,
  default: false,
};
export const resolveEndpointDiscoveryConfig = (configuration) => configuration;`,
  gone: /\/(middleware-endpoint-discovery|endpoint-cache|mnemonist)\//,
};

/** `@octokit/rest` makes a method for each of GitHub's thousand endpoints, and the adapters ask by routes. */
const endpointMethods: UnusedPart = {
  specifier: '@octokit/plugin-rest-endpoint-methods',
  replacement: 'export const legacyRestEndpointMethods = () => ({});',
  gone: /\/plugin-rest-endpoint-methods\//,
};

/** A newer SDK can bring a part another way, which nobody would notice: that fails the build. */
const without = ({ specifier, replacement, gone }: UnusedPart): Plugin => {
  const id = `\0replaced:${specifier}`;
  return {
    name: `without ${specifier}`,
    resolveId: { filter: { id: exactRegex(specifier) }, handler: () => ({ id, moduleSideEffects: false }) },
    load: { filter: { id: exactRegex(id) }, handler: () => replacement },
    generateBundle(_options, bundle) {
      const left = bundledModules(bundle).find((module) => gone.test(module));
      if (left !== undefined) this.error(`${left} is in the bundle, though ${specifier} was replaced.`);
    },
  };
};

/**
 * Leaves out what the clients bring along and nothing here uses: 21 KB of the launch's bundle, and 70 KB of each that
 * asks GitHub.
 */
export const withoutUnusedParts = (): readonly Plugin[] =>
  [eventStreams, endpointDiscovery, endpointMethods].map(without);
