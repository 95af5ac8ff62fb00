import type { AwsConnection } from '../adapters/aws/aws-connection.ts';
import type { GitHubConnection } from '../adapters/github/github-connection.ts';
import type { Clock } from '../domain/ports.ts';
import { type Environment, processEnvironment } from './environment.ts';
import { type Log, lambdaLine, lambdaLog } from './log.ts';

/** All that a function has of the world. Assembling a function binds its ports to it. */
export interface Runtime {
  readonly settings: Environment['settings'];
  readonly aws: AwsConnection;
  readonly github: GitHubConnection;
  readonly clock: Clock;
  readonly log: Log;
  /** Writes a line of standard output as it is, which must be JSON. */
  readonly writeLine: (line: string) => void;
}

/** The runtime of a function in Lambda. */
export const lambdaRuntime = (): Runtime => {
  const { settings, aws, github } = processEnvironment();
  return { settings, aws, github, clock: () => new Date(), log: lambdaLog, writeLine: lambdaLine };
};
