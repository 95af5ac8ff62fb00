import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { Stack } from '../../local/template/stack.ts';
import { defaultTemplate } from './template.ts';

/** A request as IAM sees it: one action on one resource. */
export interface IamRequest {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | string[]>>;
}

const accountId = '000000000000';

/** A KMS key obeys its own policy, which hands over to IAM's; nothing else here has a policy of its own. */
const resourcePolicyFor = (action: string): object =>
  action.startsWith('kms:')
    ? { resourcePolicy: defaultTemplate().one('AWS::KMS::Key').properties['KeyPolicy'] }
    : {};

/**
 * The evaluator knows no key that ends in a variable after a colon, and ignores it. Under the name of another
 * text of KMS's, on both sides alike, it is compared as IAM compares it.
 */
const renamed = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value).replaceAll('kms:EncryptionContext:runner', 'kms:RequestAlias')) as T;

/** Whether the policies of a function's role allow a request. Throws when IAM knows no such request. */
export const allows = async (
  { functions, roles }: Stack,
  stem: string,
  { action, resource, context = {} }: IamRequest,
): Promise<boolean> => {
  const fn = functions.find((candidate) => candidate.stem === stem);
  const role = roles.find(({ arn }) => arn === fn?.roleArn);
  if (role === undefined) throw new Error(`There is no function ${stem}`);
  const result = await runSimulation(
    {
      request: {
        principal: role.arn,
        action,
        resource: { resource, accountId },
        contextVariables: renamed({ ...context }),
      },
      identityPolicies: renamed(role.policies).map((policy, index) => ({ name: `policy-${index}`, policy })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...resourcePolicyFor(action),
    },
    {},
  );
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors));
  return result.overallResult === 'Allowed';
};
