import { kmsSealer } from './adapters/aws/sealer.ts';
import { githubRegistrar } from './adapters/github/github-registrar.ts';
import { githubRunnerDownloads } from './adapters/github/github-runner-downloads.ts';
import { architectureLabel } from './domain/architecture.ts';
import { runnerName } from './domain/life/life.ts';
import type { FetchedRunner, Round } from './domain/life/provision.ts';
import type { ProvisionInput } from './domain/life/provision-input.ts';
import { classLabel } from './domain/machine-class.ts';
import type { Clock, Registrar, RunnerDownloadReader, Sealer } from './domain/ports.ts';
import { troubleNews } from './domain/status/step-news.ts';
import { addSeconds, configGoodSeconds } from './domain/timing.ts';
import { githubOf } from './runtime/github.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import { telling } from './runtime/telling.ts';

export interface FetchJitConfigPorts {
  readonly registrar: Registrar;
  readonly downloads: RunnerDownloadReader;
  readonly sealer: Sealer;
  readonly clock: Clock;
}

type Input = ProvisionInput & { readonly round: Round };

/**
 * Registers the round's runner at GitHub. The configuration that comes back is a secret, and leaves this
 * function only sealed. A repeat replaces the registration that an attempt whose answer was lost has made.
 */
export const fetchJitConfig =
  ({ registrar, downloads, sealer, clock }: FetchJitConfigPorts, deployment: string) =>
  async ({ life, label, architecture, round, class: className }: Input): Promise<FetchedRunner> => {
    const name = runnerName(life, round.number, deployment);
    const goodUntil = addSeconds(clock(), configGoodSeconds).toISOString();
    const download = await downloads.download(architecture);
    const { registrationId, encoded } = await registrar.register(name, [
      label,
      architectureLabel(architecture),
      ...(className === undefined ? [] : [classLabel(className)]),
    ]);
    return {
      round: round.number,
      name,
      registrationId,
      goodUntil,
      sealedJitConfig: await sealer.seal(encoded, name),
      download,
    };
  };

export const assemble: Assemble<Input, FetchedRunner> = telling(
  { trouble: troubleNews('GitHub is asked for a runner configuration.') },
  (runtime) => {
    const { deployment, runnerGroupId, sealKeyArn } = runtime.settings(
      'deployment',
      'runnerGroupId',
      'sealKeyArn',
    );
    const github = githubOf(runtime);
    const ports = {
      registrar: githubRegistrar(github, runnerGroupId),
      downloads: githubRunnerDownloads(github),
      sealer: kmsSealer(runtime.aws, sealKeyArn),
      clock: runtime.clock,
    };
    return fetchJitConfig(ports, deployment);
  },
);

export const handler = lambda(assemble);
