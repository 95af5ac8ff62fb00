import type { CloudBase } from '../../cloud-base.ts';
import { logsService } from './protocol.ts';

/** CloudWatch Logs: the names of its groups. */
export const registerLogs = (cloud: CloudBase): Set<string> => {
  const groups = new Set(cloud.stack.logGroups);
  cloud.serve(logsService(groups));
  cloud.stackRemoval.add(() => {
    for (const name of cloud.stack.logGroups) groups.delete(name);
  });
  return groups;
};
