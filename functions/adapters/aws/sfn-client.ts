import { SFNClient } from '@aws-sdk/client-sfn';
import { clientFor } from './aws-connection.ts';

export const sfnClient = clientFor(SFNClient);
