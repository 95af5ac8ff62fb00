import { queryService } from '../../wire/aws-query.ts';
import type { CloudService } from '../../wire/wire.ts';

/** STS, which says who asks (https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html). */
export const stsService = (accountId: string): CloudService =>
  queryService('sts', 'https://sts.amazonaws.com/doc/2011-06-15/', {
    GetCallerIdentity: (_, { caller }) => ({
      Account: accountId,
      Arn: `arn:aws:iam::${accountId}:user/${caller}`,
      UserId: caller,
    }),
  });
