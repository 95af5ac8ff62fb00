import { failed, passed, skipped, type Verdict, warning } from '../finding.ts';
import { deploymentOf, isOurs, outputsOf, type StackReading } from '../stack.ts';
import type { Check } from './check.ts';

const failedStatus =
  /^(CREATE_FAILED|ROLLBACK_COMPLETE|ROLLBACK_FAILED|DELETE_FAILED|UPDATE_ROLLBACK_FAILED)$/;

const remedy = ({ name, status }: StackReading): string =>
  status === 'UPDATE_ROLLBACK_FAILED'
    ? `aws cloudformation continue-update-rollback --stack-name ${name}, and then npm run deploy`
    : 'npm run remove, and then npm run deploy';

const judge = (stack: StackReading): Verdict => {
  const { name, status, reason } = stack;
  const says = `${name} is ${status}${reason === undefined ? '' : ` (${reason})`}`;
  if (!isOurs(stack))
    return failed(`${name} is not Stint’s stack`, 'Set stackName to another name: -c stackName=…');
  if (failedStatus.test(status)) return failed(says, remedy(stack));
  if (status.endsWith('_IN_PROGRESS')) return warning(says, 'Run doctor again when it has come to its end.');
  if (outputsOf(stack) === undefined)
    return failed(`${name} lacks outputs that this version of Stint reads`, 'npm run deploy');
  if (status === 'UPDATE_ROLLBACK_COMPLETE')
    return warning(
      `${says}: the newest deployment failed, and the one before it runs`,
      'npm run deploy shows why.',
    );
  return passed(`${name} is ${status}, deployment ${deploymentOf(stack.id)}`);
};

/** Whether the stack is there and whole. */
export const stackCheck = (name: string, stack: () => Promise<StackReading | undefined>): Check => ({
  subject: 'Stack',
  look: async () => {
    const found = await stack();
    return [found === undefined ? skipped(`${name} is not deployed yet: npm run deploy`) : judge(found)];
  },
});
