import { AwsFault } from '../../wire/aws-json.ts';
import { queryService, required } from '../../wire/aws-query.ts';
import type { CloudService } from '../../wire/wire.ts';

/**
 * IAM, as far as an account's service-linked roles go
 * (https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html).
 */
export const iamService = (accountId: string, roles: ReadonlySet<string>): CloudService =>
  queryService('iam', 'https://iam.amazonaws.com/doc/2010-05-08/', {
    GetRole: (parameters) => {
      const name = required(parameters, 'RoleName');
      if (!roles.has(name)) throw new AwsFault('NoSuchEntity', `The role with name ${name} cannot be found.`);
      return {
        Role: {
          Path: '/aws-service-role/spot.amazonaws.com/',
          RoleName: name,
          RoleId: 'AROALOCAL',
          Arn: `arn:aws:iam::${accountId}:role/aws-service-role/spot.amazonaws.com/${name}`,
          CreateDate: '2026-01-01T00:00:00Z',
        },
      };
    },
  });
