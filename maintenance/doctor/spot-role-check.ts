import { failed, passed } from '../finding.ts';
import type { Check } from './check.ts';

/** EC2 acts as this role when it grants spot capacity (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html). */
export const spotRole = 'AWSServiceRoleForEC2Spot';

/** Whether the account may ask for spot capacity through the API: the functions may not make this role themselves. */
export const spotRoleCheck = (hasRole: (name: string) => Promise<boolean>): Check => ({
  subject: 'Spot role',
  look: async () =>
    (await hasRole(spotRole))
      ? [passed(`${spotRole} exists`)]
      : [
          failed(
            `the account has no ${spotRole}, so EC2 refuses every spot request`,
            'aws iam create-service-linked-role --aws-service-name spot.amazonaws.com',
          ),
        ],
});
