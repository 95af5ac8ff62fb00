import { EC2Client } from '@aws-sdk/client-ec2';
import { clientFor } from './aws-connection.ts';

export const ec2Client = clientFor(EC2Client);
