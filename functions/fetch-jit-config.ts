import { kmsSealer } from './adapters/aws/sealer.ts';
import { githubRegistrar } from './adapters/github/github-registrar.ts';
import { githubRunnerDownloads } from './adapters/github/github-runner-downloads.ts';
import { architectureLabel } from './domain/architecture.ts';
import { runnerName } from './domain/life/life.ts';
import type { FetchedRunner, Round } from './domain/life/provision.ts';
import type { ProvisionInput } from './domain/life/provision-input.ts';
import { classLabel } from './domain/machine-class.ts';
import type { Registrar, RunnerDownloadReader, Sealer } from './domain/ports.ts';
import { troubleNews } from './domain/status/step-news.ts';
import { githubOf } from './runtime/github.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import { telling } from './runtime/telling.ts';

export interface FetchJitConfigPorts {
  readonly registrar: Registrar;
  readonly downloads: RunnerDownloadReader;
  readonly sealer: Sealer;
}

type Input = ProvisionInput & { readonly round: Round };

/**
 * Registers the round's runner at GitHub. The configuration that comes back is a secret, and leaves this
 * function only sealed. A repeat replaces the registration that an attempt whose answer was lost has made.
 */
export const fetchJitConfig =
  ({ registrar, downloads, sealer }: FetchJitConfigPorts, deployment: string) =>
  async ({ life, label, architecture, round, class: name }: Input): Promise<FetchedRunner> => {
    const runner = runnerName(life, round.number, deployment);
    const download = await downloads.download(architecture);
    const { registrationId, encoded } = await registrar.register(runner, [
      label,
      architectureLabel(architecture),
      ...(name === undefined ? [] : [classLabel(name)]),
    ]);
    return { name: runner, registrationId, sealedJitConfig: await sealer.seal(encoded, runner), download };
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
    };
    return fetchJitConfig(ports, deployment);
  },
);

export const handler = lambda(assemble);
