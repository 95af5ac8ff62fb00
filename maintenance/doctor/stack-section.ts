import { secretCredential } from '../../functions/adapters/aws/secrets-credential.ts';
import { apiStage } from '../adapters/api-stage.ts';
import { parameterValue } from '../adapters/parameters.ts';
import { skipped } from '../finding.ts';
import { outputsOf, type StackOutputs, type StackReading } from '../stack.ts';
import type { Surroundings } from '../surroundings.ts';
import { admissionCheck } from './admission-check.ts';
import type { Check } from './check.ts';
import { endpointCheck } from './endpoint-check.ts';
import { secretCheck } from './secret-check.ts';
import type { Section } from './section.ts';
import { stackCheck } from './stack-check.ts';

type ReadStack = () => Promise<StackReading | undefined>;

/** A check of something that only the stack's outputs name. */
const ofOutputs = (subject: string, stack: ReadStack, check: (outputs: StackOutputs) => Check): Check => ({
  subject,
  look: async () => {
    const found = await stack();
    const outputs = found === undefined ? undefined : outputsOf(found);
    return outputs === undefined ? [skipped('the stack has no outputs yet')] : check(outputs).look();
  },
});

const now = () => new Date();

/** What must pass once the stack is deployed. */
export const stackSection = ({ config, aws, fetch, local }: Surroundings, stack: ReadStack): Section => ({
  gate: stackCheck(config.stackName, stack),
  checks: [
    ofOutputs('GitHub secret', stack, ({ githubSecretArn }) =>
      secretCheck(secretCredential(aws, githubSecretArn, now)),
    ),
    ofOutputs('Admission', stack, ({ admissionParameter, apiId }) =>
      admissionCheck(config, admissionParameter, {
        position: () => parameterValue(aws, admissionParameter),
        throttle: apiStage(aws, apiId),
      }),
    ),
    ofOutputs('Endpoint', stack, ({ endpointUrl }) =>
      endpointCheck(local?.origin ?? endpointUrl, config.labelPrefix, fetch),
    ),
  ],
});
