import { EC2Client } from '@aws-sdk/client-ec2';
import { clientFor } from './aws-connection.ts';

export const ec2Client = clientFor(EC2Client);

/** A turn to launch is one call: the SDK would repeat it at once, for a pool without capacity too. */
export const ec2LaunchClient = clientFor(EC2Client, { maxAttempts: 1 });
