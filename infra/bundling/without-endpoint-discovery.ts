import type { Plugin } from 'rolldown';
import { replacedModule } from './replaced-module.ts';

/** As the SDK has it where nobody has switched discovery on. */
const replacement = `
const nowhere = () => undefined;
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: nowhere,
  configFileSelector: nowhere,
  default: false,
};
export const resolveEndpointDiscoveryConfig = (configuration) => configuration;`;

const command = `
export class DescribeEndpointsCommand {
  constructor() {
    throw new Error('This bundle was built without endpoint discovery.');
  }
}`;

/**
 * Leaves out DynamoDB's search for an endpoint by a call of its own, which is off unless somebody switches it on, and
 * would take a permission that no function has.
 */
export const withoutEndpointDiscovery = (): readonly Plugin[] => [
  replacedModule({
    specifier: '@aws-sdk/middleware-endpoint-discovery',
    replacement,
    importedBy: /\/@aws-sdk\/client-dynamodb\//,
    gone: /\/(middleware-endpoint-discovery|endpoint-cache|mnemonist)\//,
  }),
  replacedModule({
    specifier: './commands/DescribeEndpointsCommand',
    replacement: command,
    importedBy: /\/@aws-sdk\/client-dynamodb\//,
    gone: /\/DescribeEndpointsCommand\.js$/,
  }),
];
