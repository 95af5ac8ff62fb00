import { SSMClient } from '@aws-sdk/client-ssm';
import { clientFor } from './aws-connection.ts';

export const ssmClient = clientFor(SSMClient);
