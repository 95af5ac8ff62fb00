import { awsCode } from '../../functions/adapters/aws/aws-errors.ts';
import { AwsRefused } from '../../functions/domain/errors.ts';

/** What Scheduler and Step Functions answer for a group or a state machine that is no more. */
const goneCodes: ReadonlySet<string> = new Set([
  'ResourceNotFoundException',
  'StateMachineDoesNotExist',
  'StateMachineDeleting',
]);

/** A list of what is in something; when that is gone, nothing is in it. */
export const emptyIfGone = async <T>(list: () => Promise<readonly T[]>): Promise<readonly T[]> => {
  try {
    return await list();
  } catch (error) {
    if (error instanceof AwsRefused && goneCodes.has(awsCode(error.cause))) return [];
    throw error;
  }
};
