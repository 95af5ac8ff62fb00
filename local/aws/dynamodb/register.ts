import type { CloudBase } from '../../cloud-base.ts';
import { dynamodbService } from './protocol.ts';
import { Tables } from './state.ts';

/** DynamoDB: the stack's tables, which whoever runs in virtual time has made before. */
export const registerDynamodb = async (cloud: CloudBase): Promise<Tables> => {
  const described = cloud.stack.tables;
  const tables = cloud.options.tables ?? (await Tables.of(described));
  cloud.serve(dynamodbService(tables));
  cloud.stackRemoval.add(() => {
    for (const { name } of described) void tables.delete(name);
  });
  return tables;
};
