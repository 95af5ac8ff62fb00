import type { StackFunction } from '../../template/stack-functions.ts';

/** Where the simulated cloud is, for whoever calls it by URL. */
export interface CloudEndpoints {
  readonly region: string;
  readonly awsUrl: string;
  readonly githubUrl: string;
}

/**
 * The environment of a function: what the template sets, and what Lambda adds
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html). The access key names the function, so
 * that the fake cloud knows who calls.
 */
export const functionEnvironment = (
  { name, handler, memoryMib, environment }: StackFunction,
  { region, awsUrl, githubUrl }: CloudEndpoints,
): Readonly<Record<string, string>> => ({
  ...environment,
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: `local.${name}`,
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_ENDPOINT_URL: awsUrl,
  GITHUB_API_URL: githubUrl,
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '1',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMib),
  _HANDLER: handler,
  TZ: ':UTC',
});
