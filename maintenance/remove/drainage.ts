import { destroyExecutions } from '../../functions/adapters/aws/destroy-executions.ts';
import { ec2Terminator } from '../../functions/adapters/aws/ec2-terminator.ts';
import { executionLister } from '../../functions/adapters/aws/execution-lister.ts';
import { provisionStopper } from '../../functions/adapters/aws/provision-executions.ts';
import { scheduleLister } from '../../functions/adapters/aws/schedules.ts';
import { secretCredential } from '../../functions/adapters/aws/secrets-credential.ts';
import { type GitHubClient, githubClient } from '../../functions/adapters/github/github-client.ts';
import { githubRegistrationLister } from '../../functions/adapters/github/github-registrations.ts';
import { startDestroyOnce } from '../../functions/domain/ending/start-destroy.ts';
import { CredentialUnusable, GitHubRefused, GitHubUnavailable } from '../../functions/domain/errors.ts';
import { parseRunnerName } from '../../functions/domain/life/life.ts';
import { variables } from '../../functions/runtime/environment.ts';
import { deploymentInstances } from '../adapters/deployment-instances.ts';
import { emptyIfGone } from '../adapters/empty-if-gone.ts';
import type { StackOutputs } from '../stack.ts';
import type { Surroundings } from '../surroundings.ts';
import { keptCredential } from './kept-credential.ts';
import type { Drainage } from './ports.ts';
import type { RegistrationReading } from './survey.ts';

export interface Deployed extends StackOutputs {
  readonly deployment: string;
  readonly stackName: string;
}

/** GitHub by the stack's credential, which is remembered when the secret is gone. */
const githubOf = ({ aws, github, config }: Surroundings, { githubSecretArn }: Deployed): GitHubClient =>
  githubClient({
    connection: github,
    target: variables.target.read(config.target),
    credential: keptCredential(secretCredential(aws, githubSecretArn, () => new Date())),
  });

const readRegistrations = async (client: GitHubClient, deployment: string): Promise<RegistrationReading> => {
  try {
    const all = await githubRegistrationLister(client).all();
    const own = all.filter(({ name }) => parseRunnerName(name, deployment) !== undefined);
    return { kind: 'known', registrations: own };
  } catch (error) {
    if (error instanceof GitHubUnavailable) return { kind: 'silent', reason: error.message };
    if (error instanceof GitHubRefused) return { kind: 'refused', reason: error.message };
    if (error instanceof CredentialUnusable) return { kind: 'no-credential', reason: error.message };
    throw error;
  }
};

/** The lives of a deployed stack, as AWS and GitHub show them and end them. */
export const drainageOf = (surroundings: Surroundings, deployed: Deployed): Drainage => {
  const { aws } = surroundings;
  const { deployment, stackName, provisionStateMachineArn, destroyStateMachineArn } = deployed;
  const executions = executionLister(aws, { provisionStateMachineArn, destroyStateMachineArn });
  const destroys = destroyExecutions(aws, destroyStateMachineArn);
  const client = githubOf(surroundings, deployed);
  const terminator = ec2Terminator(aws);

  return {
    survey: async () => {
      const [instances, registrations, scheduled, provisioning, destroying] = await Promise.all([
        deploymentInstances(aws, deployment),
        readRegistrations(client, deployment),
        emptyIfGone(() => scheduleLister(aws, stackName).all()),
        emptyIfGone(() => executions.provisions('RUNNING')),
        emptyIfGone(() => executions.destroys('RUNNING')),
      ]);
      const names = (named: readonly { readonly name: string }[]) => named.map(({ name }) => name);
      return {
        instances,
        registrations,
        schedules: scheduled,
        provisions: names(provisioning),
        destroys: names(destroying),
      };
    },
    destroy: (life, reason, mode) => startDestroyOnce({ destroys }, { life, deployment, reason, mode }),
    terminate: (ids) => terminator.terminate(ids),
    stopDestroy: (name) =>
      provisionStopper(aws, destroyStateMachineArn).stop(name, 'The deployment is being removed.'),
  };
};
