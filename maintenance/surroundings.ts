import type { AwsConnection } from '../functions/adapters/aws/aws-connection.ts';
import type { GitHubConnection } from '../functions/adapters/github/github-connection.ts';
import type { Config } from '../infra/config.ts';
import { projectContext } from '../infra/project-context.ts';
import { readConfig } from '../infra/read-config.ts';
import { defaultCredentials } from './adapters/default-credentials.ts';
import type { CommonOptions } from './command-line.ts';

/** All that a command has of the world. */
export interface Surroundings {
  readonly config: Config;
  readonly aws: AwsConnection;
  readonly github: GitHubConnection;
  readonly fetch: typeof globalThis.fetch;
  /** Where the endpoint answers when it is not where the stack says: on this machine. */
  readonly local?: URL;
}

type Variables = Readonly<Record<string, string | undefined>>;

const localSurroundings = (local: URL, region: string) => ({
  aws: {
    region,
    credentials: { accessKeyId: 'local.maintainer', secretAccessKey: 'local' },
    endpoint: local.origin,
  },
  github: { baseUrl: `${local.origin}/github` },
  local,
});

/** AWS's and GitHub's own, unless the variables that functions honour too say otherwise. */
const realSurroundings = (region: string, variables: Variables) => {
  const { AWS_ENDPOINT_URL: endpoint, GITHUB_API_URL: baseUrl } = variables;
  return {
    aws: {
      region,
      credentials: defaultCredentials(region),
      ...(endpoint === undefined ? {} : { endpoint }),
    },
    github: baseUrl === undefined ? {} : { baseUrl },
  };
};

/** The configuration that `npm run deploy` would deploy: cdk.json's, and `context` over it. Throws ConfigInvalid. */
export const projectConfig = (context: Readonly<Record<string, unknown>>): Config =>
  readConfig({ ...projectContext(), ...context });

/** The surroundings that a command line and the environment ask for. Throws ConfigInvalid. */
export const surroundingsOf = ({ context, local }: CommonOptions, variables: Variables): Surroundings => {
  const config = projectConfig(context);
  const found =
    local === undefined
      ? realSurroundings(config.region, variables)
      : localSurroundings(local, config.region);
  return { config, fetch: globalThis.fetch, ...found };
};
